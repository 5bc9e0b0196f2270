//! Access to closed cases.

use super::{all, instant, some, wire};

wire! {
    /// 自己的申请和等自己决定、复核的；overdue_reviews 是超过24小时没有复核的
    AccessRequestPage from AccessRequestPage {
        requests: Vec<AccessRequest> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
        overdue_reviews: i32 = |v| v,
    }
}
wire! {
    /// 一次查阅申请或者紧急查阅；kind 为 request 或 break_glass
    AccessRequest from AccessRequest {
        id: String = |v| v,
        kind: String = |v| v,
        number: String = |v| v,
        item_title: Option<String> = |v| some(v),
        division_name: Option<String> = |v| some(v),
        state: String = |v| v,
        state_label: String = |v| v,
        asked_at: Option<String> = |v| instant(v),
        mine: bool = |v| v,
        requester: Option<String> = |v| some(v),
        requester_office: Option<String> = |v| some(v),
        reason: String = |v| v,
        decided_at: Option<String> = |v| instant(v),
        decided_by: Option<String> = |v| some(v),
        decision_reason: Option<String> = |v| some(v),
        access_until: Option<String> = |v| instant(v),
        due_at: Option<String> = |v| instant(v),
        overdue: bool = |v| v,
        may_decide: bool = |v| v,
        may_review: bool = |v| v,
    }
}
wire! {
    /// 一个月的查阅次数；不列姓名
    AccessReport from AccessReport {
        month: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        reads: Vec<AccessReads> = |v| all(v),
        requests: Vec<AccessRequests> = |v| all(v),
    }
}
wire! {
    /// 按事项和依据的查看次数、人数、办件数
    AccessReads from AccessReads {
        item: String = |v| v,
        item_title: String = |v| v,
        ground: String = |v| v,
        ground_label: String = |v| v,
        reads: i64 = |v| v,
        officers: i64 = |v| v,
        cases: i64 = |v| v,
    }
}
wire! {
    /// 按事项的申请和紧急查阅件数
    AccessRequests from AccessRequests {
        item: String = |v| v,
        item_title: String = |v| v,
        requested: i64 = |v| v,
        approved: i64 = |v| v,
        refused: i64 = |v| v,
        unanswered: i64 = |v| v,
        break_glass: i64 = |v| v,
        reviewed_in_time: i64 = |v| v,
        reviewed_late: i64 = |v| v,
        not_reviewed: i64 = |v| v,
        unjustified: i64 = |v| v,
    }
}
