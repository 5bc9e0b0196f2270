//! Public notices 公示.

use schemars::JsonSchema;
use serde::Serialize;
use yiwang_proto::casework::v1 as pb;

use super::{all, instant, some, wire};
use crate::clients::Merged;

/// A page of notices.
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct NoticePage {
    notices: Vec<Notice>,
    /// 下一页的位置；没有时为最后一页
    next_cursor: Option<String>,
    /// 暂时没有应答的服务；它们的公示不在其中
    unavailable: Vec<String>,
}

impl From<Merged<pb::Notice>> for NoticePage {
    fn from(page: Merged<pb::Notice>) -> Self {
        Self {
            notices: all(page.entries),
            next_cursor: some(page.next_cursor),
            unavailable: page.unavailable,
        }
    }
}

wire! {
    /// 公示，个人信息已遮盖
    Notice from Notice {
        id: String = |v| v,
        case_number: Option<String> = |v| some(v),
        kind: String = |v| v,
        title: String = |v| v,
        text: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        posted_at: Option<String> = |v| instant(v),
        ends_at: Option<String> = |v| instant(v),
        last_day: String = |v| v,
        running: bool = |v| v,
        rows: Vec<NoticeRow> = |v| all(v),
        objections: i32 = |v| v,
    }
}

wire! {
    /// 公示的一项
    NoticeRow from Row {
        label: String = |v| v,
        value: String = |v| v,
    }
}
