//! Reports of missing people, what was done about one, the register of people easily lost.

use super::{all, some, wire};

wire! {
    /// 寻人信息，新的在前
    ReportList from rescue::ReportList {
        reports: Vec<ReportLine> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
    }
}
wire! {
    /// 一条寻人信息，姓名已遮盖；source 为 family、police 或 register，state 为 open、found 或 withdrawn
    ReportLine from rescue::ReportLine {
        number: String = |v| v,
        source: String = |v| v,
        state: String = |v| v,
        label: String = |v| v,
        sex: Option<String> = |v| some(v),
        home: Option<String> = |v| some(v),
        reported_on: String = |v| v,
        case_number: Option<String> = |v| some(v),
    }
}
wire! {
    /// 这一批收下了多少
    ImportResult from rescue::ImportResult {
        added: i64 = |v| v,
        changed: i64 = |v| v,
        unchanged: i64 = |v| v,
        withdrawn: i64 = |v| v,
    }
}
wire! {
    /// 为家属做了什么；从不说谁在哪里
    ReportFollowed from rescue::ReportFollowed {
        report: String = |v| v,
        state: String = |v| v,
        pool: i64 = |v| v,
        searched: bool = |v| v,
        changed_at: String = |v| v,
        alike: i64 = |v| v,
        excluded: i64 = |v| v,
        with_police: i64 = |v| v,
        face: bool = |v| v,
    }
}
wire! {
    /// 易流浪走失人员信息库：失联的、等审核的、先到期的在前
    EasilyLostList from rescue::EasilyLostList {
        entries: Vec<EasilyLostLine> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
        townships: Vec<EasilyLostTownship> = |v| all(v),
    }
}
wire! {
    /// 在库的人，姓名已遮盖；visit、collect 为 calm、due 或 overdue
    EasilyLostLine from rescue::EasilyLostLine {
        case_number: String = |v| v,
        label: String = |v| v,
        township: String = |v| v,
        township_name: String = |v| v,
        level: String = |v| v,
        level_label: String = |v| v,
        state: String = |v| v,
        responsible: String = |v| v,
        next_visit: Option<String> = |v| some(v),
        visit: String = |v| v,
        collect_by: Option<String> = |v| some(v),
        collect: String = |v| v,
    }
}
wire! {
    /// 一个乡镇（街道）的人数，只在第一页
    EasilyLostTownship from rescue::EasilyLostTownship {
        township: String = |v| v,
        name: String = |v| v,
        listed: i64 = |v| v,
        proposed: i64 = |v| v,
        missing: i64 = |v| v,
        visits_due: i64 = |v| v,
        visits_overdue: i64 = |v| v,
        collections_overdue: i64 = |v| v,
    }
}
