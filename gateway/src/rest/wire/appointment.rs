//! Halls, their times, and appointments.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_proto::marriage::v1 as pb;

use super::{all, list, some, wire};

list! {
    /// Halls.
    HallList { halls: Hall }
}

wire! {
    /// 婚姻登记处
    Hall from marriage::Hall {
        code: String = |v| v,
        name: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        grade: Option<String> = |v| some(v),
        competence: Vec<String> = |v| v,
        hours: String = |v| v,
    }
}

list! {
    /// Days that can be booked, closed and full ones too.
    DayList { days: Day }
}

wire! {
    /// 一天；state 为 free、full 或 closed
    Day from marriage::Day {
        day: String = |v| v,
        state: String = |v| v,
        free: i32 = |v| v,
    }
}

wire! {
    /// 一天的时间；closed 说明为什么这天不能预约
    SlotList from marriage::ListSlotsResponse {
        slots: Vec<Slot> = |v| all(v),
        closed: Option<String> = |v| some(v),
    }
}

wire! {
    /// 一个时间，北京时间
    Slot from marriage::Slot {
        starts_at: String = |v| v,
        capacity: i32 = |v| v,
        free: i32 = |v| v,
    }
}

list! {
    /// Appointments.
    AppointmentList { appointments: Appointment }
}

wire! {
    /// 预约；state 为 booked、arrived、cancelled 或 no_show
    Appointment from marriage::Appointment {
        number: String = |v| v,
        hall: String = |v| v,
        hall_name: String = |v| v,
        hall_address: String = |v| v,
        starts_at: String = |v| v,
        kind: String = |v| v,
        state: String = |v| v,
        visitors: Vec<Visitor> = |v| all(v),
        phone: String = |v| v,
        case_number: Option<String> = |v| some(v),
        ceremony: bool = |v| v,
        guests: i32 = |v| v,
        by_phone: bool = |v| v,
        topic: Option<String> = |v| some(v),
    }
}

/// One of those who come.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::rest) struct Visitor {
    /// 姓名，与身份证一致
    pub(in crate::rest) name: String,
    /// 公民身份号码，或者其他证件的号码
    pub(in crate::rest) id_number: String,
    /// 证件种类：citizen_id（可不填）、passport、permanent_residence、hk_macao_permit、taiwan_permit、travel_document
    #[serde(default)]
    pub(in crate::rest) document: String,
    /// 签发国家或者地区，三位字母代码；护照、永久居留身份证、旅行证件要填
    #[serde(default)]
    pub(in crate::rest) country: String,
}

impl From<pb::Visitor> for Visitor {
    fn from(visitor: pb::Visitor) -> Self {
        Self {
            name: visitor.name,
            id_number: visitor.id_number,
            document: visitor.document,
            country: visitor.country,
        }
    }
}
