//! What staff of child welfare must look at.

use super::{all, some, wire};

wire! {
    /// 任务，最急的在前；open、late 是全部没有办完的和超期的
    ChildTaskList from child::TaskList {
        tasks: Vec<ChildTask> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
        open: i64 = |v| v,
        late: i64 = |v| v,
    }
}
wire! {
    /// 一件任务；state 为 open、taken 或 done；case_number 只给办这件事的人
    ChildTask from child::Task {
        id: String = |v| v,
        kind: String = |v| v,
        label: String = |v| v,
        because: String = |v| v,
        case_number: Option<String> = |v| some(v),
        division: String = |v| v,
        division_name: String = |v| v,
        role: String = |v| v,
        role_label: String = |v| v,
        due_on: String = |v| v,
        late: bool = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        taken_by: Option<String> = |v| some(v),
        mine: bool = |v| v,
        result: Option<String> = |v| some(v),
        raised_at: String = |v| v,
    }
}
