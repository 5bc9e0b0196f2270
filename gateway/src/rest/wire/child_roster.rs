//! Directors, supervisors, places, coverage.

use super::{all, list, some, wire};

list! {
    /// 村（社区）和儿童主任
    ChildVillageList { villages: ChildVillage }
}
wire! {
    /// 一个村（社区）
    ChildVillage from child::Village {
        code: String = |v| v,
        name: String = |v| v,
        township: String = |v| v,
        directors: Vec<ChildDirector> = |v| all(v),
        children: i64 = |v| v,
        homes: i64 = |v| v,
    }
}
list! {
    /// 儿童主任和儿童督导员
    ChildDirectorList { directors: ChildDirector }
}
wire! {
    /// 一名儿童主任（director）或儿童督导员（supervisor）；身份证号已遮盖
    ChildDirector from child::Director {
        id: String = |v| v,
        role: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        name: String = |v| v,
        id_number: String = |v| v,
        phone: String = |v| v,
        committee: bool = |v| v,
        account: Option<String> = |v| some(v),
        since: String = |v| v,
        until: Option<String> = |v| some(v),
        training_hours: i32 = |v| v,
        trained_on: Option<String> = |v| some(v),
        record_checked_on: Option<String> = |v| some(v),
        record_result: Option<String> = |v| some(v),
        record_due: Option<String> = |v| some(v),
        record_late: bool = |v| v,
        training_short: bool = |v| v,
        active: bool = |v| v,
    }
}
wire! {
    /// 一个月的通讯、交通补贴
    ChildAllowanceRoll from child::AllowanceRoll {
        month: String = |v| v,
        rows: Vec<ChildAllowance> = |v| all(v),
        total_fen: i64 = |v| v,
    }
}
wire! {
    /// 一个人的补贴；withheld 是不发的原因
    ChildAllowance from child::Allowance {
        director: String = |v| v,
        name: String = |v| v,
        role_label: String = |v| v,
        division_name: String = |v| v,
        phone_fen: i64 = |v| v,
        transport_fen: i64 = |v| v,
        visits: i64 = |v| v,
        withheld: Option<String> = |v| some(v),
    }
}
list! {
    /// 未保站点、儿童福利机构、儿童之家
    ChildPlaceList { places: ChildPlace }
}
wire! {
    /// 一个地方；kind 为 station、centre、welfare_home、home 或 companion
    ChildPlace from child::Place {
        id: String = |v| v,
        kind: String = |v| v,
        kind_label: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        name: String = |v| v,
        address: String = |v| v,
        phone: String = |v| v,
        hours: String = |v| v,
        staff: i32 = |v| v,
        active: bool = |v| v,
    }
}
wire! {
    /// 应有的和已有的；gaps 是要补上的
    ChildCoverage from child::Coverage {
        villages: i64 = |v| v,
        villages_with_director: i64 = |v| v,
        townships: i64 = |v| v,
        townships_with_supervisor: i64 = |v| v,
        townships_with_station: i64 = |v| v,
        villages_with_home: i64 = |v| v,
        children: i64 = |v| v,
        letters: i64 = |v| v,
        overdue: i64 = |v| v,
        records_late: i64 = |v| v,
        centre: bool = |v| v,
        gaps: Vec<ChildGap> = |v| all(v),
    }
}
wire! {
    /// 缺的一处；kind 为 director、supervisor、station、centre、owner 或 record
    ChildGap from child::Gap {
        kind: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        what: String = |v| v,
        case_number: Option<String> = |v| some(v),
    }
}
