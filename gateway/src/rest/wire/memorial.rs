//! Online memorials, as everybody may read them.

use super::{all, list, wire};

list! {
    /// Memorials.
    MemorialList { memorials: Memorial }
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
