//! Online memorials, as everybody may read them.

use schemars::JsonSchema;
use serde::Serialize;
use yiwang_proto::burial::v1 as pb;

use super::{all, wire};

/// Memorials.
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct MemorialList {
    memorials: Vec<Memorial>,
}

impl From<Vec<pb::Memorial>> for MemorialList {
    fn from(memorials: Vec<pb::Memorial>) -> Self {
        Self {
            memorials: all(memorials),
        }
    }
}

wire! {
    /// 纪念页
    Memorial from burial::Memorial {
        code: String = |v| v,
        name: String = |v| v,
        words: String = |v| v,
        county: String = |v| v,
        counts: Vec<OfferingCount> = |v| all(v),
        shown: Vec<Offering> = |v| all(v),
    }
}

wire! {
    /// 献过多少次
    OfferingCount from burial::OfferingCount {
        kind: String = |v| v,
        label: String = |v| v,
        count: i64 = |v| v,
    }
}

wire! {
    /// 留言；留言人只有姓
    Offering from burial::Offering {
        kind: String = |v| v,
        label: String = |v| v,
        from: String = |v| v,
        words: String = |v| v,
        on: String = |v| v,
    }
}
