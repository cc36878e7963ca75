//! Searches that cannot be, and trials that cannot be trained.

use super::{drawn, names, numbers, problems, range, search};
use emberlab::spec::search::{Axis, SearchParameter as P, SearchSpec, Strategy};
use emberlab::spec::{Count, Preset, ProblemCode, Scale};

#[test]
fn a_search_that_cannot_be_is_refused_in_words() {
    use ProblemCode::{Malformed, NotANumber, NotWhole, OutOfRange, TooLarge};
    let sound = || numbers(P::LearningRate, &[0.1, 0.2]);
    let cases: Vec<(Vec<Axis>, Strategy, &str, ProblemCode, &str)> = vec![
        (vec![], Strategy::Grid, "axes", Malformed, "Nothing is swept"),
        (
            vec![sound(), sound()],
            Strategy::Grid,
            "axes.1.parameter",
            Malformed,
            "learning rate is swept already",
        ),
        (vec![numbers(P::L1, &[])], Strategy::Grid, "axes.0.values.items", Malformed, "No L1 is given"),
        (vec![numbers(P::L1, &[0.1, 0.1])], Strategy::Grid, "axes.0.values.items.1", Malformed, "once"),
        (
            vec![sound(), numbers(P::Dropout, &[0.1, 2.0])],
            Strategy::Grid,
            "axes.1.values.items.1",
            OutOfRange,
            "The dropout rate is 2, which is too large. Use a number from 0 to 0.95.",
        ),
        (vec![numbers(P::BatchSize, &[1.5])], Strategy::Grid, "axes.0.values.items.0", NotWhole, "1.5"),
        (vec![numbers(P::UnitsScale, &[f64::NAN])], Strategy::Grid, "axes.0.values.items.0", NotANumber, ""),
        (
            vec![names(P::LearningRate, &["large"])],
            Strategy::Grid,
            "axes.0.values.items.0",
            Malformed,
            "The learning rate is a number, not “large”.",
        ),
        (
            vec![names(P::Activation, &["relu", "step"])],
            Strategy::Grid,
            "axes.0.values.items.1",
            Malformed,
            "There is no activation “step”. Choose among relu, leakyRelu,",
        ),
        (vec![numbers(P::Optimizer, &[1.0])], Strategy::Grid, "axes.0.values.items.0", Malformed, "“1”"),
        (
            vec![range(P::Optimizer, 0.0, 1.0, Scale::Linear, 2)],
            Strategy::Grid,
            "axes.0.values",
            Malformed,
            "Give a list",
        ),
        (
            vec![range(P::L2, 0.5, 0.5, Scale::Linear, 2)],
            Strategy::Grid,
            "axes.0.values.to",
            OutOfRange,
            "higher",
        ),
        (
            vec![range(P::L2, 0.0, 0.5, Scale::Log, 2)],
            Strategy::Grid,
            "axes.0.values.from",
            OutOfRange,
            "above",
        ),
        (
            vec![range(P::L2, 0.1, 99.0, Scale::Log, 2)],
            drawn(4, 1),
            "axes.0.values.to",
            OutOfRange,
            "too large",
        ),
        (vec![range(P::L2, 0.1, 0.5, Scale::Log, 1)], Strategy::Grid, "axes.0.values.count", OutOfRange, ""),
        (
            vec![range(P::L2, 0.0, 0.5, Scale::Linear, 9), range(P::L1, 0.0, 0.5, Scale::Linear, 8)],
            Strategy::Grid,
            "axes",
            TooLarge,
            "The grid has 72 combinations, and at most 64 are tried.",
        ),
        (vec![sound()], drawn(0, 1), "strategy.trials", OutOfRange, "too small"),
        (vec![sound()], drawn(65, 1), "strategy.trials", OutOfRange, "too large"),
        (vec![sound()], drawn(2, usize::MAX), "strategy.seed", OutOfRange, ""),
    ];
    for (axes, strategy, field, code, words) in cases {
        let found = problems(&search(axes.clone(), strategy));
        let fits = |(at, kind, message): &(String, ProblemCode, String)| {
            at == field && *kind == code && message.contains(words)
        };
        assert!(found.len() == 1 && fits(&found[0]), "{axes:?}: {found:?}, not {field} {code:?} {words}");
    }
    let mut search = search(vec![sound()], Strategy::Grid);
    search.epochs_per_trial = Count(0.0);
    assert!(problems(&search).iter().any(|(field, ..)| field == "epochsPerTrial"));
    search.epochs_per_trial = Count(3.0);
    search.base.train.schedule.warmup_epochs = 3.0;
    let found = problems(&search);
    assert_eq!(found.len(), 1, "the budget counts, not the base's epochs: {found:?}");
    assert_eq!(found[0].0, "base.train.schedule.warmupEpochs");
}

#[test]
fn a_trial_that_cannot_be_trained_is_named_by_its_choices() {
    use ProblemCode::{Malformed, OutOfRange, TooLarge};
    let mut base = Preset::Cnn.spec();
    base.data.validation_images = 100.into();
    let cases: [(Vec<Axis>, &str, ProblemCode, &str); 5] = [
        (
            vec![names(P::Optimizer, &["sgd", "adam"]), numbers(P::Momentum, &[0.5, 0.9])],
            "axes.1.parameter",
            Malformed,
            "With optimizer adam, momentum 0.5: This optimizer has no momentum",
        ),
        (
            vec![numbers(P::Dropout, &[0.5])],
            "axes.0.parameter",
            Malformed,
            "With dropout rate 0.5: The network has no dropout layer.",
        ),
        (
            vec![numbers(P::BatchSize, &[64.0]), numbers(P::FiltersScale, &[1.0, 16.0])],
            "axes.1.values",
            OutOfRange,
            "With batch size 64, filters scale 16: Filters is 512, which is too large.",
        ),
        (
            vec![numbers(P::FiltersScale, &[1.0, 4.0]), numbers(P::BatchSize, &[64.0, 1024.0])],
            "axes.1.values",
            TooLarge,
            "With filters scale 4, batch size 1024: A training step needs about",
        ),
        (
            vec![numbers(P::WarmupEpochs, &[0.0, 2.0])],
            "axes.0.values",
            OutOfRange,
            "With warm-up 2: The warm-up takes 2 epochs, and the run is over after 2.",
        ),
    ];
    for (axes, field, code, words) in cases {
        let search = SearchSpec { base: base.clone(), ..search(axes, Strategy::Grid) };
        let found = problems(&search);
        assert!(
            found
                .iter()
                .any(|(at, kind, message)| at == field && *kind == code && message.starts_with(words)),
            "{found:?}, not {field} {code:?} {words}"
        );
        let mut messages: Vec<&str> = found
            .iter()
            .filter_map(|(.., message)| message.split_once(": ").map(|(_, fault)| fault))
            .collect();
        messages.dedup();
        assert_eq!(messages.len(), found.len(), "the same fault is told once: {found:?}");
    }
}
