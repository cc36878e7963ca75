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
use crate::say::Catalogue;
use crate::spec::search::{
    Axis, BestEpoch, Choice, Domain, ParameterValue, SearchParameter, SearchSpec, Strategy, Trial,
    TrialResult, Values,
};
use crate::spec::*;
use crate::train::vitals::{LayerVitals, Vitals};
use crate::train::{CorruptionSpec, Examination, ExamineRequest, RangeTestProgress};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeSet;
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
        HelpWanted,
        HelpersWork,
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
        Catalogue,
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

/// Every template that a `say!` of the core has.
fn sentences() -> String {
    let mut templates = BTreeSet::new();
    collect_from(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut templates);
    let kinds: String = templates
        .iter()
        .map(|template| format!("\n  | {}", serde_json::to_string(template).expect("plain text")))
        .collect();
    format!(
        "{HEADER}\n/** The English template of every sentence that the core can say. */\nexport type CoreSentence ={kinds};\n"
    )
}

fn collect_from(folder: &Path, templates: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect_from(&path, templates);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("the file can be read");
            collect(text.parse().expect("the file is Rust"), templates);
        }
    }
}

/// The literal behind every `say!(`, wherever it stands.
fn collect(tokens: TokenStream, templates: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        collect(group.stream(), templates);
        let [TokenTree::Ident(name), TokenTree::Punct(mark)] = &tokens[i.saturating_sub(2)..i] else {
            continue;
        };
        let Some(TokenTree::Literal(template)) = group.stream().into_iter().next() else { continue };
        if name == "say" && mark.as_char() == '!' {
            let template = syn::parse_str::<syn::LitStr>(&template.to_string()).expect("a string").value();
            let formats = template.split('{').skip(1).filter_map(|hole| hole.split_once('}'));
            for (hole, _) in formats {
                assert!(
                    syn::parse_str::<syn::Ident>(hole).is_ok(),
                    "{{{hole}}} is no plain name: {template}"
                );
            }
            templates.insert(template);
        }
    }
}

#[test]
fn generated_typescript_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/src/generated");
    for (name, text) in [("core.ts", core()), ("limits.ts", limits()), ("sentences.ts", sentences())] {
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
