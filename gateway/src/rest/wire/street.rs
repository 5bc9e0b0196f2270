//! Patrols, encounters in the street, campaigns, weather alerts.

use serde_json::Value;

use super::{all, json, list, some, wire};

list! {
    /// 巡查
    PatrolList { patrols: Patrol }
}
wire! {
    /// 一次巡查；starts_at、ends_at 是北京时间
    Patrol from rescue::Patrol {
        id: String = |v| v,
        station: String = |v| v,
        campaign: Option<String> = |v| some(v),
        area: String = |v| v,
        route: String = |v| v,
        starts_at: String = |v| v,
        ends_at: String = |v| v,
        partners: Vec<String> = |v| v,
        leader_name: String = |v| v,
        state: String = |v| v,
        started_at: Option<String> = |v| some(v),
        done_at: Option<String> = |v| some(v),
        summary: String = |v| v,
        version: i64 = |v| v,
        encounters: i64 = |v| v,
        check_ins: i64 = |v| v,
    }
}
wire! {
    /// 收下的签到；known 是以前已经收过的
    CheckInResult from rescue::CheckInResult {
        stored: i64 = |v| v,
        known: i64 = |v| v,
    }
}
wire! {
    /// 逐条答复，和请求的顺序相同
    SyncResult from rescue::SyncResult {
        rows: Vec<RowResult> = |v| all(v),
    }
}
wire! {
    /// 一条的答复；result 为 stored、same、conflict 或 refused
    RowResult from rescue::RowResult {
        id: String = |v| v,
        edit: String = |v| v,
        result: String = |v| v,
        version: i64 = |v| v,
        conflicts: Vec<FieldConflict> = |v| all(v),
        code: String = |v| v,
        message: String = |v| v,
        errors: Vec<EncounterFieldError> = |v| all(v),
        duties: Vec<String> = |v| v,
    }
}
wire! {
    /// 两部手机写得不一样的一项
    FieldConflict from rescue::FieldConflict {
        conflict: String = |v| v,
        field: String = |v| v,
        title: String = |v| v,
        stored: Option<Value> = |v| json(&v),
        sent: Option<Value> = |v| json(&v),
        stored_text: String = |v| v,
        sent_text: String = |v| v,
        sent_by: String = |v| v,
        sent_at: String = |v| v,
    }
}
wire! {
    /// 一项的错误
    EncounterFieldError from rescue::EncounterFieldError {
        field: String = |v| v,
        code: String = |v| v,
        message: String = |v| v,
    }
}
wire! {
    /// 街头看望，新的在前，姓名已遮盖
    EncounterList from rescue::EncounterList {
        encounters: Vec<Encounter> = |v| all(v),
        next_cursor: String = |v| v,
    }
}
wire! {
    /// 一次街头看望
    Encounter from rescue::Encounter {
        id: String = |v| v,
        station: String = |v| v,
        patrol: String = |v| v,
        at: String = |v| v,
        received_at: String = |v| v,
        outcome: String = |v| v,
        outcome_label: String = |v| v,
        source: String = |v| v,
        state: String = |v| v,
        follow_up_on: Option<String> = |v| some(v),
        case_number: String = |v| v,
        version: i64 = |v| v,
        label: String = |v| v,
        place: String = |v| v,
        by: String = |v| v,
        fields: Option<Value> = |v| json(&v),
        conflicts: Vec<FieldConflict> = |v| all(v),
        conflict_count: i64 = |v| v,
        duties: Vec<String> = |v| v,
    }
}
wire! {
    /// 现在该做什么
    Told from rescue::TellOfSomebodyResponse {
        id: String = |v| v,
        station_name: String = |v| v,
        phone: String = |v| v,
        message: String = |v| v,
    }
}
wire! {
    /// 专项行动，新的在前
    CampaignList from rescue::CampaignList {
        campaigns: Vec<Campaign> = |v| all(v),
        season: Option<String> = |v| some(v),
    }
}
wire! {
    /// 专项行动
    Campaign from rescue::Campaign {
        id: String = |v| v,
        kind: String = |v| v,
        kind_label: String = |v| v,
        county: String = |v| v,
        title: String = |v| v,
        from: String = |v| v,
        to: String = |v| v,
        alert: Option<String> = |v| some(v),
        state: String = |v| v,
        summary: String = |v| v,
        patrols: i64 = |v| v,
        encounters: i64 = |v| v,
    }
}
list! {
    /// 天气预警，新的在前
    AlertList { alerts: Alert }
}
wire! {
    /// 天气预警
    Alert from rescue::Alert {
        reference: String = |v| v,
        kind: String = |v| v,
        level: String = |v| v,
        division: String = |v| v,
        title: String = |v| v,
        from: String = |v| v,
        to: String = |v| v,
        issued_at: String = |v| v,
    }
}
