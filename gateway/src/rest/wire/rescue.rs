//! Rescue stations, search notices, the relative search.

use super::{all, list, some, wire};

list! {
    /// 救助管理站
    StationList { stations: Station }
}
wire! {
    /// 救助管理站；phone 24小时有人接
    Station from rescue::Station {
        code: String = |v| v,
        name: String = |v| v,
        division: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        active: bool = |v| v,
    }
}
wire! {
    /// 今日看板；at 是北京时间
    StationBoard from rescue::StationBoard {
        people: Vec<BoardPerson> = |v| all(v),
        head_count: i64 = |v| v,
        beds_free: i64 = |v| v,
        unknown: i64 = |v| v,
        stranded: i64 = |v| v,
        minors: i64 = |v| v,
        at: String = |v| v,
    }
}
wire! {
    /// 一位受助人员，姓名已遮盖；late 是超时的寻亲步骤
    BoardPerson from rescue::BoardPerson {
        case_number: String = |v| v,
        label: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        place: Option<String> = |v| some(v),
        place_label: String = |v| v,
        place_kind: String = |v| v,
        sex: String = |v| v,
        minor: bool = |v| v,
        guarded: bool = |v| v,
        known: bool = |v| v,
        arrived_at: String = |v| v,
        admitted_at: Option<String> = |v| some(v),
        days: i32 = |v| v,
        stranded_on: String = |v| v,
        todo: Vec<String> = |v| v,
        awaits_second: bool = |v| v,
        late: Vec<String> = |v| v,
    }
}
list! {
    /// 房间、医院、车辆、托养机构
    StationPlaceList { places: StationPlace }
}
wire! {
    /// 位置；kind 为 room、hospital、vehicle 或 foster，side 为 men、women、minors 或 any
    StationPlace from rescue::Place {
        id: String = |v| v,
        station: String = |v| v,
        kind: String = |v| v,
        label: String = |v| v,
        side: String = |v| v,
        berths: i32 = |v| v,
        taken: i32 = |v| v,
        active: bool = |v| v,
        occupants: Vec<Occupant> = |v| all(v),
    }
}
wire! {
    /// 住在里面的人，姓名已遮盖
    Occupant from rescue::Occupant {
        case_number: String = |v| v,
        label: String = |v| v,
        berth: i32 = |v| v,
        since: String = |v| v,
    }
}
wire! {
    /// 某一时刻的在站人数，由台账算出
    HeadCount from rescue::HeadCount {
        count: i64 = |v| v,
        at: String = |v| v,
        places: Vec<PlaceCount> = |v| all(v),
    }
}
wire! {
    /// 一个位置的人数
    PlaceCount from rescue::PlaceCount {
        place: String = |v| v,
        label: String = |v| v,
        kind: String = |v| v,
        count: i64 = |v| v,
    }
}
list! {
    /// 物品和饭食
    ArticleList { articles: Article }
}
wire! {
    /// 物品；on_hand 是现有数量
    Article from rescue::Article {
        id: String = |v| v,
        station: String = |v| v,
        name: String = |v| v,
        unit: String = |v| v,
        kind: String = |v| v,
        on_hand: i32 = |v| v,
    }
}
list! {
    /// 出入库，新的在前
    ArticleMoveList { moves: ArticleMove }
}
wire! {
    /// 一次出入库；quantity 正数是入库
    ArticleMove from rescue::ArticleMove {
        at: String = |v| v,
        quantity: i32 = |v| v,
        case_number: Option<String> = |v| some(v),
        reason: String = |v| v,
        by: String = |v| v,
    }
}
wire! {
    /// 寻亲公告，新的在前
    SearchNoticeList from rescue::NoticeList {
        notices: Vec<SearchNotice> = |v| all(v),
        next_cursor: Option<String> = |v| some(v),
    }
}
wire! {
    /// 寻亲公告：找家需要的最少内容；photo 是照片的地址，公告撤下就没有了；reduced 是未成年人
    SearchNotice from rescue::Notice {
        id: String = |v| v,
        county: String = |v| v,
        county_name: String = |v| v,
        sex: String = |v| v,
        age_from: i32 = |v| v,
        age_to: i32 = |v| v,
        height_cm: i32 = |v| v,
        name: Option<String> = |v| some(v),
        accent: String = |v| v,
        told_places: String = |v| v,
        marks: String = |v| v,
        clothes: String = |v| v,
        found_on: String = |v| v,
        found_at: String = |v| v,
        photo: Option<String> = |v| some(v).map(|reference| format!("/rescue/photos/{reference}")),
        station: String = |v| v,
        phone: String = |v| v,
        published_at: String = |v| v,
        refreshed_at: String = |v| v,
        reduced: bool = |v| v,
    }
}
wire! {
    /// 寻亲步骤
    SearchDutyList from rescue::SearchDutyList {
        duties: Vec<SearchDuty> = |v| all(v),
        next_cursor: String = |v| v,
    }
}
wire! {
    /// 寻亲的一步；late 为真时已经超时，补做以后仍是超时
    SearchDuty from rescue::SearchDuty {
        case_number: String = |v| v,
        station: String = |v| v,
        station_name: String = |v| v,
        step: String = |v| v,
        label: String = |v| v,
        legal_basis: String = |v| v,
        round: i32 = |v| v,
        due_at: String = |v| v,
        state: String = |v| v,
        done_at: Option<String> = |v| some(v),
        done_by: String = |v| v,
        record: String = |v| v,
        late: bool = |v| v,
        minutes_late: i64 = |v| v,
    }
}
wire! {
    /// 可能的家人，可能性大的在前
    CandidateList from rescue::CandidateList {
        candidates: Vec<Candidate> = |v| all(v),
        pool: i64 = |v| v,
        loading: bool = |v| v,
    }
}
wire! {
    /// 一条相似的寻人信息；alone 不为空时只是线索，不能认定
    Candidate from rescue::Candidate {
        report: String = |v| v,
        stay: String = |v| v,
        label: String = |v| v,
        probability: f64 = |v| v,
        score: f64 = |v| v,
        reasons: Vec<KinReason> = |v| all(v),
        source: String = |v| v,
        r#match: String = |v| v,
        match_state: String = |v| v,
        alone: Option<String> = |v| some(v),
    }
}
wire! {
    /// 理由；agreement 为 strong、supports、neutral 或 against
    KinReason from rescue::Reason {
        field: String = |v| v,
        title: String = |v| v,
        said: String = |v| v,
        found: String = |v| v,
        relation: String = |v| v,
        agreement: String = |v| v,
        weight: f64 = |v| v,
    }
}
wire! {
    /// 并排比较，没有遮盖
    Comparison from rescue::Comparison {
        stay: String = |v| v,
        report: String = |v| v,
        score: f64 = |v| v,
        alone: Option<String> = |v| some(v),
        reasons: Vec<KinReason> = |v| all(v),
        fields: Vec<ComparedField> = |v| all(v),
    }
}
wire! {
    /// 双方的一项
    ComparedField from rescue::ComparedField {
        title: String = |v| v,
        said: Option<String> = |v| some(v),
        found: Option<String> = |v| some(v),
    }
}
