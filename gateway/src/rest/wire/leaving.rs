//! Journeys home, placements, settlements; foster institutions; the return rate.

use super::{all, list, some, wire};

list! {
    /// 正在办理的接送返回、托养、安置
    LeavingList { cases: LeavingCase }
}

list! {
    /// 托养机构
    FosterInstitutionList { institutions: FosterInstitution }
}

wire! {
    /// 一件；kind 为 journey、placement 或 settlement，where 是去哪里；stay_ended 时人已经离站
    LeavingCase from rescue::LeavingCase {
        kind: String = |v| v,
        case_number: String = |v| v,
        stay: String = |v| v,
        label: String = |v| v,
        station_name: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        r#where: String = |v| v,
        clocks: Vec<LeavingClock> = |v| all(v),
        stay_ended: bool = |v| v,
    }
}
wire! {
    /// 期限；late 时已经超过
    LeavingClock from rescue::LeavingClock {
        label: String = |v| v,
        last_day: String = |v| v,
        late: bool = |v| v,
    }
}
wire! {
    /// 托养机构；short_of 是今天还缺的，为空时可以接收；check_late 时没有按期核查
    FosterInstitution from rescue::Institution {
        code: String = |v| v,
        name: String = |v| v,
        division: String = |v| v,
        kind: String = |v| v,
        licences: Vec<FosterLicence> = |v| all(v),
        agreement: Option<String> = |v| some(v),
        agreement_to: Option<String> = |v| some(v),
        checked_on: Option<String> = |v| some(v),
        checked_by: Option<String> = |v| some(v),
        check_result: Option<String> = |v| some(v),
        check_due: Option<String> = |v| some(v),
        check_late: bool = |v| v,
        active: bool = |v| v,
        residents: i64 = |v| v,
        short_of: Vec<String> = |v| v,
    }
}
wire! {
    /// 证照；没有 valid_to 的长期有效
    FosterLicence from rescue::Licence {
        kind: String = |v| v,
        number: String = |v| v,
        valid_to: Option<String> = |v| some(v),
    }
}
wire! {
    /// 接送返回率；permille 是千分数，没有人的时候是-1；rest 是计入而没有接送返回的
    ReturnFigures from rescue::ReturnFigures {
        identified: i64 = |v| v,
        home: i64 = |v| v,
        permille: i32 = |v| v,
        by_type: Vec<LeaveCount> = |v| all(v),
        by_station: Vec<StationReturns> = |v| all(v),
        rest: Vec<NotHome> = |v| all(v),
        definition: String = |v| v,
    }
}
wire! {
    /// 一种离站方式；counted 计入分母，home 计入分子
    LeaveCount from rescue::LeaveCount {
        leave_type: String = |v| v,
        label: String = |v| v,
        count: i64 = |v| v,
        counted: bool = |v| v,
        home: bool = |v| v,
    }
}
wire! {
    /// 一个救助站的返回率
    StationReturns from rescue::StationReturns {
        station: String = |v| v,
        name: String = |v| v,
        identified: i64 = |v| v,
        home: i64 = |v| v,
        permille: i32 = |v| v,
    }
}
wire! {
    /// 计入而没有接送返回的一位
    NotHome from rescue::NotHome {
        case_number: String = |v| v,
        station_name: String = |v| v,
        left_on: String = |v| v,
        label: String = |v| v,
    }
}
