//! Items 事项.

use serde_json::Value;

use super::{all, json, list, some, wire};

list! {
    /// All items.
    ItemList { items: Item }
}

wire! {
    /// An item with its guide, its form and what can be done in which state.
    Item from Item {
        code: String = |v| v,
        title: String = |v| v,
        summary: String = |v| v,
        service: String = |v| v,
        guide: Option<Guide> = |v| v.map(Guide::from),
        form_schema: Option<Value> = |v| json(&v),
        actions: Vec<Action> = |v| all(v),
        states: Vec<State> = |v| all(v),
        confidential: bool = |v| v,
    }
}

wire! {
    /// 办事指南
    Guide from Guide {
        audience: String = |v| v,
        conditions: Vec<String> = |v| v,
        legal_basis: Vec<LegalBasis> = |v| all(v),
        materials: Vec<MaterialSpec> = |v| all(v),
        steps: Vec<Step> = |v| all(v),
        legal_time_limit: String = |v| v,
        promised_time_limit: String = |v| v,
        fee: String = |v| v,
        result: String = |v| v,
        appeal: String = |v| v,
        at_counter: bool = |v| v,
        appointment: String = |v| v,
        standards: Vec<Standard> = |v| all(v),
    }
}

wire! {
    /// 法律依据
    LegalBasis from LegalBasis {
        name: String = |v| v,
        article: String = |v| v,
    }
}

wire! {
    /// 材料；origin 为 ASKED、SHARED 或 ISSUED
    MaterialSpec from MaterialSpec {
        code: String = |v| v,
        title: String = |v| v,
        origin: String = |v| v,
        required: bool = |v| v,
        hint: String = |v| v,
    }
}

wire! {
    /// 办理步骤
    Step from Step {
        title: String = |v| v,
        who: String = |v| v,
        limit: String = |v| v,
    }
}

wire! {
    /// 现行标准及出处
    Standard from StandardRow {
        label: String = |v| v,
        value: String = |v| v,
        source: String = |v| v,
    }
}

wire! {
    /// 操作；data_schema 是所需数据的 JSON Schema
    Action from ActionSpec {
        code: String = |v| v,
        label: String = |v| v,
        hint: String = |v| v,
        roles: Vec<String> = |v| v,
        from_states: Vec<String> = |v| v,
        data_schema: Option<Value> = |v| json(&v),
        by_applicant: bool = |v| v,
        grave: bool = |v| v,
        ripple: Option<String> = |v| some(v),
    }
}

wire! {
    /// 状态
    State from StateSpec {
        code: String = |v| v,
        label: String = |v| v,
        explanation: String = |v| v,
        closed: bool = |v| v,
    }
}
