//! What orphans and children in fact unattended are paid; the projects.

use super::{all, list, some, wire};

wire! {
    /// 一个办件的发放；paid_fen 是已到账的，owed_fen 是多发还没有收回的
    ChildPaymentList from child::PaymentList {
        payments: Vec<ChildPayment> = |v| all(v),
        paid_fen: i64 = |v| v,
        owed_fen: i64 = |v| v,
        overpayments: Vec<ChildOverpayment> = |v| all(v),
    }
}
wire! {
    /// 一笔；state 为 held、ready、sent、paid、returned 或 cancelled
    ChildPayment from child::Payment {
        id: String = |v| v,
        case_number: String = |v| v,
        month: String = |v| v,
        kind: String = |v| v,
        part: String = |v| v,
        fen: i64 = |v| v,
        set_off_fen: i64 = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        reason: Option<String> = |v| some(v),
        payee_name: String = |v| v,
        payee_kind: String = |v| v,
        sent_on: Option<String> = |v| some(v),
        paid_on: Option<String> = |v| some(v),
        label: String = |v| v,
    }
}
wire! {
    /// 一个月多发的
    ChildOverpayment from child::Overpayment {
        month: String = |v| v,
        fen: i64 = |v| v,
        recovered_fen: i64 = |v| v,
        reason: String = |v| v,
    }
}
wire! {
    /// 一个县一个月的发放；made 为 false 时还没有造册
    ChildPaymentRun from child::PaymentRun {
        county: String = |v| v,
        month: String = |v| v,
        made: bool = |v| v,
        sums: Vec<ChildRunSum> = |v| all(v),
        rest: Vec<ChildPayment> = |v| all(v),
        townships: Vec<ChildRunTownship> = |v| all(v),
    }
}
wire! {
    /// 一类的汇总
    ChildRunSum from child::RunSum {
        kind: String = |v| v,
        children: i64 = |v| v,
        fen: i64 = |v| v,
        paid: i64 = |v| v,
        paid_fen: i64 = |v| v,
        returned: i64 = |v| v,
        held: i64 = |v| v,
        sent: i64 = |v| v,
    }
}
wire! {
    /// 一个乡镇（街道）的合计
    ChildRunTownship from child::RunTownship {
        division: String = |v| v,
        children: i64 = |v| v,
        fen: i64 = |v| v,
    }
}
wire! {
    /// 一个地区的标准；verified 为 false 时没有核对原件
    ChildStandard from child::AmountStandard {
        orphan_family_fen: i64 = |v| v,
        orphan_institution_fen: i64 = |v| v,
        unattended_fen: i64 = |v| v,
        supplement_fen: i64 = |v| v,
        source: String = |v| v,
        verified: bool = |v| v,
        from: String = |v| v,
    }
}
wire! {
    /// 一个月的比对里还没有处理的
    ChildComparisonList from child::ComparisonList {
        month: String = |v| v,
        compared: i64 = |v| v,
        unanswered: i64 = |v| v,
        differences: Vec<ChildDifference> = |v| all(v),
    }
}
wire! {
    /// 一条线索；只是线索，要先核实
    ChildDifference from child::Difference {
        case_number: String = |v| v,
        kind: String = |v| v,
        division: String = |v| v,
        label: String = |v| v,
        found: String = |v| v,
        found_label: String = |v| v,
        found_on: String = |v| v,
    }
}
wire! {
    /// 一个办件的项目资金
    ChildProjectPaymentList from child::ProjectPaymentList {
        payments: Vec<ChildProjectPayment> = |v| all(v),
        total_fen: i64 = |v| v,
    }
}
wire! {
    /// 一笔；kind 为 MT（明天计划）或 ZX（助学工程）
    ChildProjectPayment from child::ProjectPayment {
        case_number: String = |v| v,
        kind: String = |v| v,
        school_year: Option<String> = |v| some(v),
        period: Option<String> = |v| some(v),
        fen: i64 = |v| v,
        voucher: String = |v| v,
        paid_on: String = |v| v,
        payee: String = |v| v,
    }
}
list! {
    /// 一年的项目数字
    ChildProjectYearList { projects: ChildProjectYear }
}
wire! {
    /// 一个项目；-1 是人数太少，不公开
    ChildProjectYear from child::ProjectYear {
        kind: String = |v| v,
        label: String = |v| v,
        children: i64 = |v| v,
        payments: i64 = |v| v,
        fen: i64 = |v| v,
    }
}
