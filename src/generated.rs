//! Writes the page's TypeScript types and tables from the core's own definitions, and fails where
//! the committed files differ. `EMBERLAB_GENERATE=1 cargo test generated` renews them.

use crate::data::Part;
use crate::data::augment::{AugmentLimits, AugmentSpec};
use crate::data::corrupt::Corruption;
use crate::data::import::picture::Polarity;
use crate::data::import::zip;
use crate::data::sabotage::{SabotageLimits, SabotageSpec};
use crate::data::stats::SetStatistics;
use crate::error::{Error, ErrorCode};
use crate::metrics::{Average, Calibration, CalibrationBin, ClassReport, ConfusedPair, Histogram, Report};
use crate::model::inspect::{Filters, Inspection, LayerActivation};
use crate::protocol::*;
use crate::spec::search::{
    Axis, BestEpoch, Choice, Domain, ParameterValue, SearchParameter, SearchSpec, Strategy, Trial,
    TrialResult, Values,
};
use crate::spec::*;
use crate::train::vitals::{LayerVitals, Vitals};
use crate::train::{CorruptionSpec, Examination, ExamineRequest, RangeTestProgress};
use std::path::Path;
use ts_rs::{Config, TS};

const HEADER: &str =
    "// Generated from the Rust core by `EMBERLAB_GENERATE=1 cargo test generated`; do not edit.\n";

fn declare<T: TS>(file: &mut String) {
    let config = Config::new();
    *file += "\n";
    *file += &T::docs().unwrap_or_default();
    *file += &format!("export {}\n", T::decl(&config));
}

macro_rules! types {
    ($($name:ty),* $(,)?) => {{
        let mut file = String::from(HEADER);
        $(declare::<$name>(&mut file);)*
        file
    }};
}

fn core() -> String {
    types![
        RunSpec,
        ModelSpec,
        Initializer,
        ScheduleSpec,
        Decay,
        Regularization,
        EarlyStopping,
        LayerSpec,
        Padding,
        Activation,
        TrainSpec,
        OptimizerSpec,
        DataSpec,
        DatasetSpec,
        Normalization,
        AugmentSpec,
        AugmentLimits,
        SabotageSpec,
        SabotageLimits,
        Changes,
        Count,
        Preset,
        Scale,
        Range,
        Limits,
        Problem,
        ProblemCode,
        Description,
        LayerSummary,
        DeviceName,
        DeviceReport,
        RunState,
        Split,
        Part,
        DataReport,
        TrainingDistribution,
        SetStatistics,
        Polarity,
        zip::Entry,
        zip::Packing,
        Progress,
        Evaluation,
        Vitals,
        LayerVitals,
        Histogram,
        Inspection,
        LayerActivation,
        Filters,
        ErrorCode,
        Error,
        Report,
        ClassReport,
        Average,
        Calibration,
        CalibrationBin,
        ConfusedPair,
        Corruption,
        CorruptionSpec,
        ExamineRequest,
        Examination,
        RangeTestProgress,
        SearchSpec,
        Axis,
        Values,
        Strategy,
        SearchParameter,
        Domain,
        ParameterValue,
        Trial,
        Choice,
        TrialResult,
        BestEpoch,
    ]
}

fn table<T: serde::Serialize>(name: &str, kind: &str, value: &T) -> String {
    let json = serde_json::to_string_pretty(value).expect("tables are plain values");
    format!("\nexport const {name}: {kind} = {json};\n")
}

/// A table of the values of a tagged enum by their tag, in the order given.
fn by_type<T: serde::Serialize>(name: &str, kind: &str, values: &[T]) -> String {
    let rows: String = values
        .iter()
        .map(|value| {
            let json = serde_json::to_value(value).expect("the values are plain");
            format!("  {}: {json},\n", json["type"])
        })
        .collect();
    let kind = format!("{{ [T in {kind}['type']]: Extract<{kind}, {{ type: T }}> }}");
    format!("\nexport const {name}: {kind} = {{\n{rows}}};\n")
}

fn limits() -> String {
    let presets: String = Preset::ALL
        .iter()
        .map(|preset| {
            let (name, spec) = (serde_json::to_value(preset), serde_json::to_string_pretty(&preset.spec()));
            format!("  {}: {},\n", name.expect("a word"), spec.expect("plain values"))
        })
        .collect();
    let mut file = String::from(HEADER);
    let kinds = [
        "Corruption",
        "Decay",
        "Initializer",
        "Limits",
        "OptimizerSpec",
        "ParameterDomain",
        "Preset",
        "RunSpec",
        "SearchParameter",
    ];
    file += &format!("import type {{ {} }} from './core';\n", kinds.join(", "));
    file += "\n/** Every range a value of a spec may lie in. */";
    file += &table("LIMITS", "Limits", &LIMITS);
    file += "\n/** The spec each preset stands for. */";
    file += &format!("\nexport const PRESETS: Record<Preset, RunSpec> = {{\n{presets}}};\n");
    file += "\n/** Every optimizer with its usual parameters. */";
    file += &by_type("OPTIMIZERS", "OptimizerSpec", &OptimizerSpec::usual());
    file += "\n/** Every learning-rate schedule with its usual parameters. */";
    file += &by_type("DECAYS", "Decay", &Decay::usual());
    file += "\n/** Every initializer with its usual parameters. */";
    file += &by_type("INITIALIZERS", "Initializer", &Initializer::usual());
    file += "\n/** Every corruption. */";
    file += &table("CORRUPTIONS", "readonly Corruption[]", &Corruption::ALL);
    file += "\n/** Everything a search can sweep, and the values it can take. */";
    let domains: String = SearchParameter::ALL
        .iter()
        .map(|parameter| {
            let (name, domain) =
                (serde_json::to_value(parameter), serde_json::to_string(&parameter.domain()));
            format!("  {}: {},\n", name.expect("a word"), domain.expect("plain values"))
        })
        .collect();
    let kind = "Record<SearchParameter, ParameterDomain>";
    file += &format!("\nexport const SEARCH_PARAMETERS: {kind} = {{\n{domains}}};\n");
    file
}

#[test]
fn generated_typescript_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/src/generated");
    for (name, text) in [("core.ts", core()), ("limits.ts", limits())] {
        let path = folder.join(name);
        if std::env::var_os("EMBERLAB_GENERATE").is_some() {
            std::fs::create_dir_all(&folder).expect("the folder can be made");
            std::fs::write(&path, &text).expect("the file can be written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let mend = "renew it: EMBERLAB_GENERATE=1 cargo test generated";
        assert!(committed == text, "{name} differs from the core's definitions; {mend}");
    }
}
