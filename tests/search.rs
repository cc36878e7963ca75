//! Planning a search, and a whole one natively.

#[path = "search/refused.rs"]
mod refused;
mod support;

use emberlab::model::describe;
use emberlab::protocol::{DeviceName, RunState};
use emberlab::spec::search::{
    Axis, Choice, ParameterValue, SearchParameter, SearchSpec, Strategy, Trial, TrialResult, Values, plan,
    rank,
};
use emberlab::spec::{
    Activation, Decay, EarlyStopping, LayerSpec, Normalization, OptimizerSpec, Preset, ProblemCode, RunSpec,
    Scale,
};
use emberlab::train::Session;
use support::{advance, dataset, open, spec};

fn numbers(parameter: SearchParameter, numbers: &[f64]) -> Axis {
    let items = numbers.iter().copied().map(ParameterValue::Number).collect();
    Axis { parameter, values: Values::List { items } }
}

fn names(parameter: SearchParameter, names: &[&str]) -> Axis {
    let items = names.iter().map(|name| ParameterValue::Name(name.to_string())).collect();
    Axis { parameter, values: Values::List { items } }
}

fn range(parameter: SearchParameter, from: f64, to: f64, scale: Scale, count: usize) -> Axis {
    Axis { parameter, values: Values::Range { from, to, scale, count: count.into() } }
}

fn search(axes: Vec<Axis>, strategy: Strategy) -> SearchSpec {
    SearchSpec { base: Preset::Mlp.spec(), axes, strategy, epochs_per_trial: 2.into() }
}

fn drawn(trials: usize, seed: usize) -> Strategy {
    Strategy::Random { trials: trials.into(), seed: seed.into() }
}

/// The one trial with this value.
fn alone(base: RunSpec, axis: Axis) -> RunSpec {
    #![expect(clippy::expect_used, reason = "clippy takes only #[test] functions for tests")]
    let search = SearchSpec { base, axes: vec![axis], strategy: Strategy::Grid, epochs_per_trial: 5.into() };
    let mut trials = plan(&search).expect("it can be tried");
    assert_eq!(trials.len(), 1);
    trials.remove(0).spec
}

/// Where each problem is, of what kind and in what words.
fn problems(search: &SearchSpec) -> Vec<(String, ProblemCode, String)> {
    let problems = plan(search).err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.field, problem.code, problem.message)).collect()
}

#[test]
fn a_grid_is_every_combination_the_last_setting_varying_fastest() {
    let axes = vec![
        names(SearchParameter::Optimizer, &["sgd", "adam"]),
        range(SearchParameter::LearningRate, 1e-3, 0.1, Scale::Log, 3),
        numbers(SearchParameter::BatchSize, &[32.0, 128.0]),
    ];
    let mut search = search(axes, Strategy::Grid);
    search.base.train.early_stopping = Some(EarlyStopping { patience: 1.into() });
    let trials = plan(&search).expect("every combination can be trained");
    let choices: Vec<String> = trials
        .iter()
        .map(|trial| {
            trial.choices.iter().map(|choice| choice.value.to_string()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    let expected = [
        "sgd 0.001 32",
        "sgd 0.001 128",
        "sgd 0.01 32",
        "sgd 0.01 128",
        "sgd 0.1 32",
        "sgd 0.1 128",
        "adam 0.001 32",
        "adam 0.001 128",
        "adam 0.01 32",
        "adam 0.01 128",
        "adam 0.1 32",
        "adam 0.1 128",
    ];
    assert_eq!(choices, expected);
    for Trial { spec, choices, parameters, flops_per_image } in &trials {
        assert_eq!(choices[1].value, ParameterValue::Number(spec.train.learning_rate));
        assert_eq!(choices[2].value, ParameterValue::Number(spec.train.batch_size.0));
        let sgd = matches!(spec.train.optimizer, OptimizerSpec::Sgd { .. });
        assert_eq!(choices[0].value, ParameterValue::Name(if sgd { "sgd" } else { "adam" }.into()));
        assert_eq!(
            (spec.train.epochs.get(), spec.train.early_stopping),
            (2, None),
            "the same budget for all"
        );
        let description = describe(spec);
        assert_eq!(description.problems, []);
        assert_eq!((*parameters, *flops_per_image), (description.parameters, description.flops_per_image));
        assert_eq!((&spec.data, &spec.model), (&search.base.data, &search.base.model));
    }
}

#[test]
fn random_search_is_decided_by_its_seed_and_keeps_within_bounds() {
    let axes = || {
        vec![
            range(SearchParameter::LearningRate, 1e-5, 0.1, Scale::Log, 2),
            range(SearchParameter::LabelSmoothing, 0.1, 0.3, Scale::Linear, 2),
            range(SearchParameter::BatchSize, 16.0, 256.0, Scale::Log, 2),
            names(SearchParameter::Initializer, &["pytorch", "kaimingNormal"]),
        ]
    };
    let trials = |seed| plan(&search(axes(), drawn(64, seed))).expect("every combination can be trained");
    assert_eq!(trials(1), trials(1));
    assert_ne!(trials(1), trials(2));
    let mut rates = Vec::new();
    for trial in (1..=8).flat_map(trials) {
        let train = &trial.spec.train;
        rates.push(train.learning_rate);
        assert!((1e-5..=0.1).contains(&train.learning_rate));
        assert!((0.1..=0.3).contains(&train.regularization.label_smoothing));
        assert!((16.0..=256.0).contains(&train.batch_size.0) && train.batch_size.0.fract() == 0.0);
    }
    // 512 rates over four decades, as many in each but for luck: a deviation of 10 is to be expected.
    for decade in [1e-5, 1e-4, 1e-3, 1e-2] {
        let within = rates.iter().filter(|rate| (decade..decade * 10.0).contains(*rate)).count();
        assert!((88..=168).contains(&within), "{within} of 512 from {decade}");
    }
    // A change here would give every kept search other trials.
    assert_eq!(rates[..3], [0.0404, 0.0263, 1.31e-5]);
}

#[test]
fn random_search_tries_nothing_twice() {
    let axes = || {
        vec![
            names(SearchParameter::Activation, &["relu", "tanh", "gelu"]),
            range(SearchParameter::BatchSize, 30.0, 33.0, Scale::Linear, 2),
        ]
    };
    let trials = plan(&search(axes(), drawn(12, 3))).expect("there are exactly so many");
    let mut seen: Vec<&Vec<Choice>> = Vec::new();
    for Trial { choices, .. } in &trials {
        assert!(!seen.contains(&choices), "{choices:?} twice");
        seen.push(choices);
    }
    let [(field, code, message)] = &problems(&search(axes(), drawn(13, 3)))[..] else {
        panic!("one problem is expected");
    };
    assert_eq!((field.as_str(), *code), ("strategy.trials", ProblemCode::OutOfRange));
    assert!(message.contains("only 12 different combinations"), "{message}");
    // Infinitely many real numbers, but only a few of three digits.
    let narrow = vec![range(SearchParameter::LearningRate, 1e-3, 1.01e-3, Scale::Linear, 2)];
    let found = problems(&search(narrow, drawn(64, 1)));
    assert!(found.len() == 1 && found[0].2.contains("only 2 different"), "{found:?}");
}

#[test]
fn every_setting_gets_into_the_spec() {
    use SearchParameter as P;
    let deep = || {
        let mut spec = Preset::ResNet.spec();
        let layers = &mut spec.model.layers;
        let at = layers.len() - 1;
        layers.splice(at..at, [LayerSpec::Dense { units: 50.into() }, LayerSpec::Dropout { rate: 0.5 }]);
        spec
    };
    let train = |axis| alone(deep(), axis).train;
    assert_eq!(train(numbers(P::LearningRate, &[0.3])).learning_rate, 0.3);
    assert_eq!(train(numbers(P::BatchSize, &[7.0])).batch_size.get(), 7);
    assert_eq!(train(numbers(P::Seed, &[99.0])).seed.get(), 99);
    assert_eq!(train(numbers(P::WarmupEpochs, &[0.5])).schedule.warmup_epochs, 0.5);
    assert_eq!(train(names(P::Schedule, &["cosine"])).schedule.decay, Decay::Cosine);
    assert_eq!(train(numbers(P::L1, &[0.01])).regularization.l1, 0.01);
    assert_eq!(train(numbers(P::L2, &[0.02])).regularization.l2, 0.02);
    assert_eq!(train(numbers(P::LabelSmoothing, &[0.1])).regularization.label_smoothing, 0.1);
    for optimizer in OptimizerSpec::usual() {
        let name = serde_json::to_value(&optimizer).expect("plain values")["type"].clone();
        let name = name.as_str().expect("a word");
        assert_eq!(train(names(P::Optimizer, &[name])).optimizer, optimizer, "{name}");
    }
    let data = |axis| alone(deep(), axis).data;
    assert_eq!(data(names(P::Normalization, &["half"])).normalization, Normalization::Half);
    assert_eq!(data(numbers(P::ExamplesPerClass, &[20.0])).sabotage.examples_per_class.get(), 20);
    let model = |axis| alone(deep(), axis).model;
    let initializer = model(names(P::Initializer, &["zeros"])).initializer;
    assert_eq!(serde_json::to_value(initializer).expect("plain values")["type"], "zeros");
    // Layers are changed in residual blocks too: the text of the whole list tells.
    let layers = |axis| serde_json::to_string(&model(axis).layers).expect("plain values");
    let before = serde_json::to_string(&deep().model.layers).expect("plain values");
    assert_eq!(layers(names(P::Activation, &["tanh"])), before.replace("relu", "tanh"));
    assert_eq!(layers(numbers(P::Dropout, &[0.2])), before.replace("\"rate\":0.5", "\"rate\":0.2"));
    assert_eq!(layers(numbers(P::UnitsScale, &[0.5])), before.replace("\"units\":50.0", "\"units\":25.0"));
    let doubled = [(32, 64), (16, 32), (8, 16)].iter().fold(before.clone(), |text, (from, to)| {
        text.replace(&format!("\"filters\":{from}.0"), &format!("\"filters\":{to}.0"))
    });
    assert_eq!(layers(numbers(P::FiltersScale, &[2.0])), doubled);
    let tiny = alone(Preset::Mlp.spec(), numbers(P::UnitsScale, &[1.0 / 64.0]));
    let units: Vec<f64> = tiny
        .model
        .layers
        .iter()
        .filter_map(|layer| if let LayerSpec::Dense { units } = layer { Some(units.0) } else { None })
        .collect();
    assert_eq!(units, [2.0, 1.0, 10.0]);
}

#[test]
fn what_the_base_says_of_its_own_kind_stays() {
    let mut base = Preset::Mlp.spec();
    base.train.optimizer = OptimizerSpec::Sgd { momentum: 0.7, nesterov: true };
    let kept = alone(base.clone(), names(SearchParameter::Optimizer, &["sgd"]));
    assert_eq!(kept.train.optimizer, base.train.optimizer);
    // The optimizer is chosen first, whatever the order of the settings.
    let axes = vec![
        numbers(SearchParameter::Momentum, &[0.0, 0.5]),
        names(SearchParameter::Optimizer, &["rmsProp", "sgd"]),
    ];
    let trials = plan(&search(axes, Strategy::Grid)).expect("both have a momentum");
    let momenta: Vec<f64> = trials
        .iter()
        .map(|trial| match trial.spec.train.optimizer {
            OptimizerSpec::Sgd { momentum, .. } | OptimizerSpec::RmsProp { momentum, .. } => momentum,
            _ => f64::NAN,
        })
        .collect();
    assert_eq!(momenta, [0.0, 0.0, 0.5, 0.5]);
    let decay = alone(
        RunSpec {
            train: emberlab::spec::TrainSpec {
                optimizer: OptimizerSpec::usual()[1].clone(),
                ..Preset::Mlp.spec().train
            },
            ..Preset::Mlp.spec()
        },
        numbers(SearchParameter::WeightDecay, &[0.25]),
    );
    assert!(matches!(decay.train.optimizer, OptimizerSpec::AdamW { weight_decay: 0.25, .. }));
}

#[test]
fn a_search_crosses_as_plain_values() {
    let text = r#"{
        "axes": [
            { "parameter": "learningRate", "values": { "type": "range", "from": 0.001, "to": 0.1, "scale": "log", "count": 3 } },
            { "parameter": "optimizer", "values": { "type": "list", "items": ["adam", "lion"] } },
            { "parameter": "batchSize", "values": { "type": "list", "items": [32, 64] } }
        ],
        "strategy": { "type": "random", "trials": 5, "seed": 1 },
        "epochsPerTrial": 1
    }"#;
    let mut value: serde_json::Value = serde_json::from_str(text).expect("it is sound");
    value["base"] = serde_json::to_value(Preset::Mlp.spec()).expect("plain values");
    let read: SearchSpec = serde_json::from_value(value).expect("it is of the form");
    let trials = plan(&read).expect("it can be searched");
    assert_eq!(trials.len(), 5);
    let choices = serde_json::to_value(&trials[0].choices).expect("plain values");
    assert_eq!(choices[0]["parameter"], "learningRate");
    assert!(choices[0]["value"].is_number() && choices[1]["value"].is_string(), "{choices}");
}

#[test]
fn a_whole_search_ends_with_the_sane_one_in_front() {
    let data = dataset(1100, 1100, 100);
    let mut base = spec(Preset::Mlp, 25, 9);
    base.model.layers.retain(|layer| !matches!(layer, LayerSpec::Activation { function: Activation::Tanh }));
    let search = SearchSpec {
        base,
        axes: vec![numbers(SearchParameter::LearningRate, &[1e-6, 10.0, 2e-3, 1.0])],
        strategy: Strategy::Grid,
        epochs_per_trial: 2.into(),
    };
    let trials = plan(&search).expect("every combination can be trained");
    let mut results: Vec<TrialResult> = Vec::new();
    for (index, trial) in trials.iter().enumerate() {
        let mut session =
            Session::new(trial.spec.clone(), &data, open(DeviceName::Cpu)).expect("labels are there");
        let mut evaluations = Vec::new();
        while matches!(session.state(), RunState::Idle | RunState::Running) {
            evaluations.extend(advance(&mut session, &data, 100).evaluations);
        }
        results.push(TrialResult::new(index, trial, &evaluations, 1.0));
    }
    rank(&mut results);
    let best = results[0].best.expect("it was evaluated");
    assert!(results[0].trial == 2 && best.accuracy > 0.9, "{results:?}");
    assert!(
        results[1..].iter().all(|other| other.best.is_none_or(|other| other.accuracy < best.accuracy - 0.3))
    );
    assert_eq!(results.len(), 4);
}
