//! Files of children, their visits, who stands around them.

use super::{all, list, some, wire};

wire! {
    /// 儿童主任的一天；kept_until 以后手机不再保留
    ChildDay from child::Day {
        today: String = |v| v,
        visits: Vec<ChildDueVisit> = |v| all(v),
        tasks: Vec<ChildDayTask> = |v| all(v),
        children: i64 = |v| v,
        kept_until: String = |v| v,
    }
}
wire! {
    /// 要走访的儿童，最急的在前，姓名已遮盖；urgency 为 overdue、due 或 soon；age 为 -1 是不知道
    ChildDueVisit from child::DueVisit {
        case_number: String = |v| v,
        label: String = |v| v,
        age: i32 = |v| v,
        kind: String = |v| v,
        kind_label: String = |v| v,
        level: String = |v| v,
        level_label: String = |v| v,
        village: String = |v| v,
        address: String = |v| v,
        carer: String = |v| v,
        due_on: String = |v| v,
        urgency: String = |v| v,
        last_visit: Option<String> = |v| some(v),
        last_result_label: Option<String> = |v| some(v),
        look_at: Vec<String> = |v| v,
        at_risk: bool = |v| v,
    }
}
wire! {
    /// 走访以外等着办的
    ChildDayTask from child::DayTask {
        case_number: String = |v| v,
        label: String = |v| v,
        item: String = |v| v,
        what: String = |v| v,
        due_on: Option<String> = |v| some(v),
        late: bool = |v| v,
    }
}
list! {
    /// 逐条答复
    ChildSyncResult { rows: ChildVisitRow }
}
wire! {
    /// 一条的答复；result 为 stored、same、conflict 或 refused
    ChildVisitRow from child::VisitRow {
        id: String = |v| v,
        result: String = |v| v,
        version: i64 = |v| v,
        code: Option<String> = |v| some(v),
        message: Option<String> = |v| some(v),
        clashes: Vec<ChildVisitClash> = |v| all(v),
        problems: Vec<ChildVisitProblem> = |v| all(v),
        next_due_on: Option<String> = |v| some(v),
    }
}
wire! {
    /// 一项的错误
    ChildVisitProblem from child::VisitProblem {
        field: String = |v| v,
        message: String = |v| v,
    }
}
wire! {
    /// 两部手机写得不一样的一项；由办件的 settle_visit 选定
    ChildVisitClash from child::VisitClash {
        field: String = |v| v,
        label: String = |v| v,
        stored: String = |v| v,
        sent: String = |v| v,
    }
}
list! {
    /// 一份档案的走访，最近的在前
    ChildVisitList { visits: ChildVisit }
}
wire! {
    /// 一次走访；made_at 是北京时间；photo_files 是照片的文件编号，凭档案编号下载
    ChildVisit from child::Visit {
        id: String = |v| v,
        made_at: String = |v| v,
        by: String = |v| v,
        result: String = |v| v,
        result_label: String = |v| v,
        fields: Option<ChildVisitFields> = |v| v.map(Into::into),
        clashes: Vec<ChildVisitClash> = |v| all(v),
        photos: i32 = |v| v,
        photo_files: Vec<String> = |v| v,
        version: i64 = |v| v,
    }
}
wire! {
    /// 走访的内容；六项为 fine、watch 或 bad
    ChildVisitFields from child::VisitFields {
        place: String = |v| v,
        persons: String = |v| v,
        seen_alone: String = |v| v,
        living: String = |v| v,
        guardianship: String = |v| v,
        life: String = |v| v,
        schooling: String = |v| v,
        health: String = |v| v,
        mind: String = |v| v,
        safety: String = |v| v,
        findings: String = |v| v,
        said: String = |v| v,
        result: String = |v| v,
        help: String = |v| v,
    }
}
wire! {
    /// 儿童档案，姓名已遮盖；total 是符合条件的总数
    ChildFileList from child::FileList {
        files: Vec<ChildFile> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
        total: i64 = |v| v,
    }
}
wire! {
    /// 一份档案；没有 director 的要马上指定人
    ChildFile from child::FileLine {
        case_number: String = |v| v,
        label: String = |v| v,
        age: i32 = |v| v,
        kind: String = |v| v,
        kind_label: String = |v| v,
        categories: Vec<String> = |v| v,
        level: String = |v| v,
        level_label: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        village: String = |v| v,
        director: Option<String> = |v| some(v),
        next_visit: Option<String> = |v| some(v),
        overdue: bool = |v| v,
        letter: bool = |v| v,
    }
}
list! {
    /// 超期的走访，最久的在前
    ChildOverdueList { visits: ChildOverdueVisit }
}
wire! {
    /// 一次超期的走访；alarm 为 supervisor 或 county
    ChildOverdueVisit from child::OverdueVisit {
        case_number: String = |v| v,
        label: String = |v| v,
        level_label: String = |v| v,
        village: String = |v| v,
        director: Option<String> = |v| some(v),
        due_on: String = |v| v,
        days_late: i32 = |v| v,
        alarm: String = |v| v,
    }
}
wire! {
    /// 孩子身边的人；第一个是孩子
    ChildFileNetwork from child::Network {
        nodes: Vec<ChildFileNode> = |v| all(v),
        edges: Vec<ChildFileEdge> = |v| all(v),
    }
}
wire! {
    /// 一个人或者一件事；tone 为 fine、watch 或 bad
    ChildFileNode from child::FileNode {
        id: String = |v| v,
        kind: String = |v| v,
        label: String = |v| v,
        note: Option<String> = |v| some(v),
        tone: String = |v| v,
        case_number: Option<String> = |v| some(v),
    }
}
wire! {
    /// 两个之间的关系
    ChildFileEdge from child::FileEdge {
        from: String = |v| v,
        to: String = |v| v,
        words: String = |v| v,
    }
}
