//! One-things, as they are read over REST.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use yiwang_chassis::db::from_chrono;

use crate::one_thing::{
    definitions, form,
    present::{self, StepView},
    service::{Correction, Whole},
    store::Overview,
};

/// 一件事的编号
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingNumber {
    /// 统一受理编号
    pub(in crate::rest) number: String,
}

/// 一件事的申请表
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingForm {
    pub(in crate::rest) code: String,
    pub(in crate::rest) version: i32,
    pub(in crate::rest) title: String,
    /// JSON Schema
    pub(in crate::rest) form_schema: Value,
}

/// 一件事列表
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingList {
    one_things: Vec<OneThingRow>,
}

/// 列表中的一件事
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingRow {
    number: String,
    code: String,
    title: String,
    state: String,
    state_label: String,
    division: String,
    started_at: String,
    finished_at: Option<String>,
    /// 规定了时限的事项全部办结的最后一天：各步时限中最长的一条路
    last_day: Option<String>,
    /// 时限的说明；没有规定时限的事项按各部门的时限
    promise: String,
}

/// 一件事
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThing {
    #[serde(flatten)]
    row: OneThingRow,
    steps: Vec<OneThingStep>,
    history: Vec<OneThingEvent>,
}

/// 其中一步
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingStep {
    code: String,
    title: String,
    /// 由谁办
    owner: String,
    state: String,
    state_label: String,
    /// 结果，或者没有办成的原因
    words: String,
    /// 需要申请人做什么；空的不需要
    asks: String,
    /// 时限和依据
    clock: String,
    /// 时限的最后一天
    last_day: Option<String>,
    overdue: bool,
    /// 办件或者工单编号
    number: String,
    changed_at: String,
    /// 试过几次
    attempts: i32,
    /// 没有办成的原因代码
    reason_code: String,
    /// 工作人员可以怎么处理
    verbs: Vec<&'static str>,
}

/// 办理经过
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingEvent {
    at: String,
    step: Option<String>,
    kind: String,
    text: String,
}

/// 退回来要更正的
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingCorrection {
    number: String,
    /// 更正时原样交回
    asked: String,
    steps: Vec<OneThingSentBack>,
    /// 要更正的内容（JSON Schema）
    form_schema: Value,
    /// 现在写的是什么
    form: Map<String, Value>,
}

/// 退回来的一步
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::rest) struct OneThingSentBack {
    step: String,
    title: String,
    /// 原因
    reason: String,
}

impl OneThingCorrection {
    pub(in crate::rest) fn of(number: String, correction: &Correction) -> Self {
        let keys: Vec<String> = correction
            .fields(&[])
            .into_iter()
            .map(|field| field.key)
            .collect();
        let mut schema = form::schema(correction.definition, &[]);
        if let Some(properties) = schema["properties"].as_object_mut() {
            properties.retain(|key, _| keys.contains(key));
        }
        if let Some(required) = schema["required"].as_array_mut() {
            required.retain(|key| keys.iter().any(|known| key == known));
        }
        let steps = correction.steps.iter().map(|sent| OneThingSentBack {
            step: sent.step.to_owned(),
            title: sent.title.to_owned(),
            reason: sent.reason.clone(),
        });
        let form = correction.answers.clone().into_iter();
        Self {
            number,
            asked: correction.asked.clone(),
            steps: steps.collect(),
            form_schema: schema,
            form: form.filter(|(key, _)| keys.contains(key)).collect(),
        }
    }
}

impl From<Overview> for OneThingRow {
    fn from(one: Overview) -> Self {
        let definition = definitions::find(definitions::ALL, &one.code, one.version);
        Self {
            last_day: present::promised(&one).map(|day| day.to_string()),
            promise: present::promise(&one),
            title: definition.map_or("一件事", |known| known.title).to_owned(),
            state_label: present::state_label(&one.state).to_owned(),
            number: one.number,
            code: one.code,
            state: one.state,
            division: one.division,
            started_at: from_chrono(one.started_at).to_string(),
            finished_at: one.finished_at.map(|at| from_chrono(at).to_string()),
        }
    }
}

impl From<Vec<Overview>> for OneThingList {
    fn from(all: Vec<Overview>) -> Self {
        Self {
            one_things: all.into_iter().map(OneThingRow::from).collect(),
        }
    }
}

impl From<&Whole> for OneThing {
    fn from(whole: &Whole) -> Self {
        let steps = present::steps(whole).into_iter();
        let history = whole.history.iter().map(|told| OneThingEvent {
            at: told.at.to_string(),
            step: told.step.clone(),
            kind: told.kind.clone(),
            text: told.text.clone(),
        });
        Self {
            row: whole.overview.clone().into(),
            steps: steps
                .map(|step| OneThingStep::of(step, whole.steers))
                .collect(),
            history: history.collect(),
        }
    }
}

impl OneThingStep {
    fn of(step: StepView, steers: bool) -> Self {
        let verbs = step.verbs.iter().filter(|_| steers);
        Self {
            verbs: verbs.map(|verb| verb.code()).collect(),
            code: step.code,
            title: step.title,
            owner: step.owner,
            state: step.state,
            state_label: step.label.to_owned(),
            words: step.words,
            asks: step.asks,
            clock: step.clock,
            last_day: step.last_day.map(|day| day.to_string()),
            overdue: step.overdue,
            number: step.number,
            changed_at: step.changed.to_string(),
            attempts: step.attempts,
            reason_code: step.reason_code,
        }
    }
}
