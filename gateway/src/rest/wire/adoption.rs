//! Adoption: who waits for whom, search notices, the sealed archive, figures.

use super::{all, list, some, wire};

list! {
    /// 收养档案的查阅申请，新的在前
    ArchiveRequestList { requests: ArchiveRequest }
}

list! {
    /// 收养登记数字
    AdoptionFigures { figures: AdoptionFigure }
}

wire! {
    /// 等待家庭的孩子和评估过的家庭，只有特征
    MatchingList from child::MatchingList {
        children: Vec<WaitingChild> = |v| all(v),
        families: Vec<WaitingFamily> = |v| all(v),
    }
}
wire! {
    /// 一个孩子；health 为 healthy、disabled 或 unknown
    WaitingChild from child::WaitingChild {
        reference: String = |v| v,
        sex: String = |v| v,
        age: String = |v| v,
        health: String = |v| v,
        county: String = |v| v,
    }
}
wire! {
    /// 一个家庭；score 为0时还没有评估
    WaitingFamily from child::WaitingFamily {
        case_number: String = |v| v,
        state: String = |v| v,
        wish: String = |v| v,
        assessed_on: Option<String> = |v| some(v),
        score: i32 = |v| v,
    }
}
wire! {
    /// 寻找亲生父母公告
    BirthParentNoticeList from child::SearchNoticeList {
        notices: Vec<BirthParentNotice> = |v| all(v),
        next_page_token: Option<String> = |v| some(v),
    }
}
wire! {
    /// 一份公告；last_day 是最后一天，office 是联系的单位
    BirthParentNotice from child::SearchNotice {
        id: String = |v| v,
        sex: String = |v| v,
        age: String = |v| v,
        found_on: String = |v| v,
        found_at: String = |v| v,
        features: String = |v| v,
        photo: Option<String> = |v| some(v),
        posted_on: String = |v| v,
        last_day: String = |v| v,
        office: String = |v| v,
    }
}
wire! {
    /// 查阅申请；state 为 waiting、approved 或 refused
    ArchiveRequest from child::ArchiveRequest {
        id: String = |v| v,
        case_number: String = |v| v,
        ground: String = |v| v,
        ground_label: String = |v| v,
        reason: String = |v| v,
        state: String = |v| v,
        asked_by: String = |v| v,
        asked_at: String = |v| v,
        decided_by: Option<String> = |v| some(v),
        decided_at: Option<String> = |v| some(v),
        until: Option<String> = |v| some(v),
        own: bool = |v| v,
    }
}
wire! {
    /// 封存的档案；每次打开都有记录
    AdoptionArchive from child::Archive {
        case_number: String = |v| v,
        sealed_on: String = |v| v,
        retention: String = |v| v,
        parts: Vec<ArchivePart> = |v| all(v),
    }
}
wire! {
    /// 档案的一部分
    ArchivePart from child::ArchivePart {
        title: String = |v| v,
        rows: Vec<ArchiveRow> = |v| all(v),
    }
}
wire! {
    /// 一行
    ArchiveRow from child::ArchiveRow {
        label: String = |v| v,
        value: String = |v| v,
    }
}
wire! {
    /// 一个月一种登记的件数；hidden 时少于5件，不给数字
    AdoptionFigure from child::AdoptionFigure {
        month: String = |v| v,
        kind: String = |v| v,
        label: String = |v| v,
        count: i64 = |v| v,
        hidden: bool = |v| v,
    }
}
