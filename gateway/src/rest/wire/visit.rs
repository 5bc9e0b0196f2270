//! Grave-sweeping visits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::burial::v1 as pb;

use super::{all, case::Material, list, some, wire};

list! {
    /// What can be visited.
    VisitFacilityList { facilities: VisitFacility }
}

wire! {
    /// 公墓、骨灰堂
    VisitFacility from burial::VisitFacility {
        code: String = |v| v,
        name: String = |v| v,
        kind: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        most_companions: i32 = |v| v,
        most_cars: i32 = |v| v,
        companion_ids: bool = |v| v,
        by_household: bool = |v| v,
    }
}

list! {
    /// Days from today on.
    VisitDayList { days: VisitDay }
}

wire! {
    /// 一天；state 为 free、full 或 closed
    VisitDay from burial::VisitDay {
        day: String = |v| v,
        state: String = |v| v,
        free: i32 = |v| v,
        festival: Option<String> = |v| some(v),
    }
}

wire! {
    /// 一天的时间；closed 说明为什么这天不能预约
    VisitSlotList from burial::ListVisitSlotsResponse {
        slots: Vec<VisitSlot> = |v| all(v),
        closed: Option<String> = |v| some(v),
    }
}

wire! {
    /// 一批，北京时间
    VisitSlot from burial::VisitSlot {
        starts_at: String = |v| v,
        ends_at: String = |v| v,
        capacity: i32 = |v| v,
        free: i32 = |v| v,
    }
}

list! {
    /// Visits.
    VisitList { visits: Visit }
}

wire! {
    /// 祭扫预约；state 为 booked、entered、cancelled 或 no_show
    Visit from burial::Visit {
        number: String = |v| v,
        facility: String = |v| v,
        facility_name: String = |v| v,
        facility_address: String = |v| v,
        starts_at: String = |v| v,
        ends_at: String = |v| v,
        kind: String = |v| v,
        state: String = |v| v,
        name: String = |v| v,
        companions: Vec<Companion> = |v| all(v),
        cars: i32 = |v| v,
        phone: String = |v| v,
        place: Option<String> = |v| some(v),
        note: Option<String> = |v| some(v),
        photos: Vec<Material> = |v| all(v),
    }
}

/// 同行的人
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::rest) struct Companion {
    /// 姓名，与身份证一致
    pub(in crate::rest) name: String,
    /// 公民身份号码；companion_ids 为 true 的地方要填
    #[serde(default)]
    pub(in crate::rest) id_number: String,
}

impl From<pb::Companion> for Companion {
    fn from(companion: pb::Companion) -> Self {
        Self {
            name: companion.name,
            id_number: companion.id_number,
        }
    }
}
