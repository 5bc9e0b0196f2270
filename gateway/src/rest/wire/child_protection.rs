//! Reports of harm to a child, protection cases, where a child is.

use super::{all, list, some, wire};

list! {
    /// 收到的报告，新的在前
    ChildReportList { reports: ChildReport }
}

list! {
    /// 民政部门监护的孩子
    CustodyList { children: ChildInCustody }
}

list! {
    /// 保护个案，最急的在前
    ProtectionCaseList { cases: ProtectionCase }
}

wire! {
    /// 回执；code 只给一次，message 说现在怎样做
    ReportReceipt from child::ReportReceipt {
        receipt: String = |v| v,
        code: Option<String> = |v| some(v),
        message: String = |v| v,
    }
}
wire! {
    /// 办到哪一步：received、under_way 或 concluded；不说更多
    ReceiptState from child::ReceiptState {
        state: String = |v| v,
        label: String = |v| v,
        message: String = |v| v,
    }
}
wire! {
    /// 一件报告；channel 为 page、counter 或 rescue；报告人封存
    ChildReport from child::ReportRow {
        case_number: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        received_at: String = |v| v,
        channel: String = |v| v,
        duty_bound: bool = |v| v,
        danger_now: bool = |v| v,
        reporter_known: bool = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        police_told: bool = |v| v,
    }
}
wire! {
    /// 报告人；不得告诉监护人，不得导出
    Reporter from child::Reporter {
        kind_label: String = |v| v,
        name: Option<String> = |v| some(v),
        phone: Option<String> = |v| some(v),
        unit: Option<String> = |v| some(v),
    }
}
wire! {
    /// 孩子在哪里；custody 为空时没有由民政部门监护
    ChildPlacement from child::Placement {
        custody: Option<String> = |v| some(v),
        kind: String = |v| v,
        guardian: String = |v| v,
        guardian_name: String = |v| v,
        stays: Vec<ChildStay> = |v| all(v),
    }
}
wire! {
    /// 一处安置；没有 to 的是现在的
    ChildStay from child::Stay {
        kind: String = |v| v,
        kind_label: String = |v| v,
        carer: String = |v| v,
        from: String = |v| v,
        to: Option<String> = |v| some(v),
        case_number: String = |v| v,
    }
}
wire! {
    /// 民政部门监护的一个孩子，姓名已遮盖；kind 为 temporary 或 long，age 为-1时不知道
    ChildInCustody from child::CustodyRow {
        case_number: String = |v| v,
        kind: String = |v| v,
        child: String = |v| v,
        age: i32 = |v| v,
        placement_label: String = |v| v,
        carer: String = |v| v,
        since: String = |v| v,
        state_label: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        clocks: Vec<ChildClock> = |v| all(v),
    }
}
wire! {
    /// 期限，北京时间；late 时已经超过
    ChildClock from child::ProtectionClock {
        name: String = |v| v,
        label: String = |v| v,
        due_at: String = |v| v,
        late: bool = |v| v,
        legal_basis: String = |v| v,
    }
}
wire! {
    /// 一件个案，姓名已遮盖；level 为 low、medium、high 或 urgent，没有时还没有分级
    ProtectionCase from child::ProtectionCaseRow {
        case_number: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        step: String = |v| v,
        level: Option<String> = |v| some(v),
        level_label: Option<String> = |v| some(v),
        child: String = |v| v,
        age: i32 = |v| v,
        owner: String = |v| v,
        reported_at: String = |v| v,
        police_told: bool = |v| v,
        in_care: bool = |v| v,
        clocks: Vec<ChildClock> = |v| all(v),
    }
}
wire! {
    /// 个案的全部；next 是等着办的操作代码，用办件的操作接口办，version 用作 If-Match
    Workbench from child::Workbench {
        case: Option<ProtectionCase> = |v| v.map(Into::into),
        happened: String = |v| v,
        place: String = |v| v,
        grounds: Vec<String> = |v| v,
        steps: Vec<WorkbenchStep> = |v| all(v),
        placement: Option<ChildPlacement> = |v| v.map(Into::into),
        nodes: Vec<AroundChild> = |v| all(v),
        edges: Vec<ChildTie> = |v| all(v),
        services: Vec<WorkbenchService> = |v| all(v),
        next: Vec<String> = |v| v,
        linked: Vec<LinkedChildCase> = |v| all(v),
        version: i64 = |v| v,
    }
}
wire! {
    /// 四个环节之一；state 为 open、current、done 或 skipped
    WorkbenchStep from child::WorkbenchStep {
        code: String = |v| v,
        label: String = |v| v,
        state: String = |v| v,
        summary: String = |v| v,
        lines: Vec<WorkbenchLine> = |v| all(v),
    }
}
wire! {
    /// 做过的一件事
    WorkbenchLine from child::WorkbenchLine {
        at: String = |v| v,
        what: String = |v| v,
        by: String = |v| v,
    }
}
wire! {
    /// 孩子身边的一个人或者一个单位；missing 时还没有人
    AroundChild from child::NetworkNode {
        id: String = |v| v,
        kind: String = |v| v,
        label: String = |v| v,
        name: Option<String> = |v| some(v),
        words: Option<String> = |v| some(v),
        missing: bool = |v| v,
    }
}
wire! {
    /// 两者的关系；kind 为 family、care、duty 或 harm
    ChildTie from child::NetworkEdge {
        from: String = |v| v,
        to: String = |v| v,
        words: String = |v| v,
        kind: String = |v| v,
    }
}
wire! {
    /// 帮扶计划的一项
    WorkbenchService from child::WorkbenchService {
        what: String = |v| v,
        owner: String = |v| v,
        due_on: Option<String> = |v| some(v),
        done_on: Option<String> = |v| some(v),
        late: bool = |v| v,
    }
}
wire! {
    /// 有关的办件
    LinkedChildCase from child::LinkedCase {
        case_number: String = |v| v,
        words: String = |v| v,
    }
}
