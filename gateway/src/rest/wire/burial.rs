//! Funeral homes, prices, cemeteries.

use super::{all, list, some, wire};

list! {
    /// 殡仪馆
    FuneralHomeList { homes: FuneralHome }
}
wire! {
    /// 殡仪馆
    FuneralHome from burial::Home {
        code: String = |v| v,
        name: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        division: String = |v| v,
    }
}

list! {
    /// 空闲的时间
    FreeTimeList { times: FreeTime }
}
wire! {
    /// 一个空闲的时间，北京时间；class 是厅的大小或者炉的种类
    FreeTime from burial::FreeTime {
        resource: String = |v| v,
        label: String = |v| v,
        class: Option<String> = |v| some(v),
        starts_at: String = |v| v,
        ends_at: String = |v| v,
    }
}

list! {
    /// 价目清单
    PriceList { prices: Price }
}
wire! {
    /// 一项价格，单位为分；fen_to 不为 0 时是价格区间；class 为 basic、other 或 place
    Price from burial::Price {
        code: String = |v| v,
        title: String = |v| v,
        class: String = |v| v,
        unit: String = |v| v,
        fen: i64 = |v| v,
        fen_to: i64 = |v| v,
        document: String = |v| v,
        pricing: String = |v| v,
        division: String = |v| v,
        facility: Option<String> = |v| some(v),
        valid_from: String = |v| v,
        valid_to: Option<String> = |v| some(v),
    }
}

list! {
    /// 账单
    BillList { bills: Bill }
}
wire! {
    /// 一张账单，单位为分：lines_fen = charged_fen + waived_fen + subsidised_fen；state 为 open、settled 或 refunded
    Bill from burial::Bill {
        number: String = |v| v,
        case_number: String = |v| v,
        facility: String = |v| v,
        state: String = |v| v,
        issued_on: String = |v| v,
        lines: Vec<BillLine> = |v| all(v),
        lines_fen: i64 = |v| v,
        charged_fen: i64 = |v| v,
        waived_fen: i64 = |v| v,
        subsidised_fen: i64 = |v| v,
        refunded_fen: i64 = |v| v,
    }
}
wire! {
    /// 账单的一项，都在价目清单里；数量为百分之一单位；unit_fen 为 0 时没有记录单价
    BillLine from burial::BillLine {
        code: String = |v| v,
        title: String = |v| v,
        unit: String = |v| v,
        quantity_hundredths: i64 = |v| v,
        unit_fen: i64 = |v| v,
        fen: i64 = |v| v,
        charged_fen: i64 = |v| v,
        waived_fen: i64 = |v| v,
        subsidised_fen: i64 = |v| v,
        document: String = |v| v,
    }
}

wire! {
    /// 减免和奖补；verified 为 false 时以当地答复为准
    WaiverList from burial::WaiverList {
        for_whom: String = |v| v,
        items: Vec<WaiverItem> = |v| all(v),
        subsidies: Vec<WaiverItem> = |v| all(v),
        total: Option<String> = |v| some(v),
        source: String = |v| v,
        verified: bool = |v| v,
    }
}
wire! {
    /// 一项减免或者奖补，单位为分；0 是不限金额
    WaiverItem from burial::WaiverItem {
        title: String = |v| v,
        text: String = |v| v,
        fen: i64 = |v| v,
    }
}

list! {
    /// 公墓、骨灰堂
    CemeteryList { cemeteries: CemeterySummary }
}
wire! {
    /// 公墓（骨灰堂）；serves 为空时服务全县（经营性公墓不限）
    CemeterySummary from burial::Cemetery {
        code: String = |v| v,
        name: String = |v| v,
        kind: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        free: i32 = |v| v,
        division: String = |v| v,
        serves: Vec<String> = |v| v,
        public_benefit: bool = |v| v,
    }
}
wire! {
    /// 公墓（骨灰堂）和它的区域
    Cemetery from burial::CemeteryDetail {
        cemetery: Option<CemeterySummary> = |v| v.map(Into::into),
        areas: Vec<PlaceArea> = |v| all(v),
    }
}
wire! {
    /// 一个区域；price 是价目清单中的编码；free 是有空的位置，room 是还能安放几位
    PlaceArea from burial::PlaceArea {
        facility: String = |v| v,
        area: String = |v| v,
        kind: String = |v| v,
        kind_label: String = |v| v,
        places: i32 = |v| v,
        free: i32 = |v| v,
        planned: i32 = |v| v,
        closed: bool = |v| v,
        room: i32 = |v| v,
        price: Option<String> = |v| some(v),
    }
}
wire! {
    /// 平面图，单位为厘米
    PlacePlan from burial::PlacePlan {
        area: Option<PlaceArea> = |v| v.map(Into::into),
        width_cm: i32 = |v| v,
        height_cm: i32 = |v| v,
        spots: Vec<PlacedSpot> = |v| all(v),
    }
}
wire! {
    /// 一个位置；free 为 true 时可以选；used 加 held（正在办理的）不超过 capacity
    PlacedSpot from burial::PlacedSpot {
        id: String = |v| v,
        label: String = |v| v,
        line: i32 = |v| v,
        place: i32 = |v| v,
        x_cm: i32 = |v| v,
        y_cm: i32 = |v| v,
        width_cm: i32 = |v| v,
        depth_cm: i32 = |v| v,
        kind: String = |v| v,
        capacity: i32 = |v| v,
        used: i32 = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        free: bool = |v| v,
        held: i32 = |v| v,
        price: Option<String> = |v| some(v),
    }
}

list! {
    /// 保留的位置
    HoldList { holds: SpotHold }
}
wire! {
    /// 保留的位置；放弃以后 held_until 为空
    SpotHold from burial::SpotHold {
        spot: String = |v| v,
        label: String = |v| v,
        facility: String = |v| v,
        area: String = |v| v,
        held_until: Option<String> = |v| some(v),
    }
}
