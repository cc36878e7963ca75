//! How fast a run goes.

use web_time::Duration;

/// Images per second of training time, over the last second or so.
#[derive(Debug, Default)]
pub struct Pace {
    images: f64,
    seconds: f64,
}

impl Pace {
    /// Time that steps handed over together may take.
    const AT_ONCE: Duration = Duration::from_millis(85);

    /// Training time that is kept in the average.
    const WINDOW_SECONDS: f64 = 1.0;

    /// Counts images and the time they took; what is older than the window fades.
    pub fn add(&mut self, images: usize, time: Duration) {
        self.images += images as f64;
        self.seconds += time.as_secs_f64();
        if self.seconds > Self::WINDOW_SECONDS {
            let keep = Self::WINDOW_SECONDS / self.seconds;
            self.images *= keep;
            self.seconds *= keep;
        }
    }

    /// Images per second; 0 before the first.
    pub fn images_per_second(&self) -> f64 {
        if self.seconds > 0.0 { self.images / self.seconds } else { 0.0 }
    }

    /// How many steps of so many images to hand over before the first is read back: as many as the
    /// device takes, but no more than are done in [`Self::AT_ONCE`], so that a slow GPU still heeds
    /// a pause.
    pub fn at_once(&self, images: usize, in_flight: usize) -> usize {
        let steps_per_second = self.images_per_second() / images.max(1) as f64;
        let steps = (Self::AT_ONCE.as_secs_f64() * steps_per_second) as usize;
        steps.clamp(1, in_flight.max(1))
    }
}
