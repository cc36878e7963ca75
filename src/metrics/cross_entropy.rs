/// Cross-entropy of one image, in nats: `log(sum(exp(logits))) - logits[label]`, shifted by the
/// largest logit so that nothing overflows. Not finite where a logit is not.
pub fn cross_entropy(logits: &[f32], label: u8) -> f64 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|logit| f64::from(logit - largest).exp()).sum();
    let true_logit = logits.get(usize::from(label)).map_or(f64::NAN, |logit| f64::from(*logit));
    sum.ln() + f64::from(largest) - true_logit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_definition() {
        let cases: [(&[f32], u8, f64); 4] = [
            (&[0.0, 0.0], 0, 2f64.ln()),
            (&[1.0, 2.0, 3.0], 2, (1.0 + (-1f64).exp() + (-2f64).exp()).ln()),
            (&[1000.0, 0.0], 0, 0.0),
            (&[1000.0, 0.0], 1, 1000.0),
        ];
        for (logits, label, expected) in cases {
            let loss = cross_entropy(logits, label);
            assert!((loss - expected).abs() < 1e-12, "{logits:?}: {loss} is not {expected}");
        }
    }

    #[test]
    fn is_not_finite_where_a_logit_is_not() {
        for logits in [[f32::NAN, 0.0], [f32::INFINITY, 0.0]] {
            assert!(!cross_entropy(&logits, 0).is_finite());
        }
    }
}
