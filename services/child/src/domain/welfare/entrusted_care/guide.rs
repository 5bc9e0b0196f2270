//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "父母外出务工等，一段时间不能完全照护孩子的，委托有照护能力的成年人代为照护。",
        audience: "未成年人的父母、其他监护人。",
        conditions: vec![
            "有正当理由；没有正当理由的不得委托。",
            "被委托人是有照护能力的完全民事行为能力人，没有依法不能委托的情形。",
            "听取了有表达能力的孩子的意见。",
        ],
        legal_basis: vec![
            ("未成年人保护法", "第二十一条至第二十三条"),
            ("未成年人保护法", "第四十三条"),
        ],
        materials: vec![],
        steps: vec![
            ("申请", "父母、监护人，或者由儿童主任代为登记", "外出以前"),
            ("核查被委托人", "儿童主任、儿童督导员", "按本地规定"),
            ("签订协议", "委托人、被委托人，村（居）委会见证", "当面"),
            ("书面告知", "学校、实际居住地村（居）委会", "及时"),
            ("联系", "委托人", "至少每周一次"),
            ("评估", "村（居）委会", "每半年，按本地规定"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "委托照护协议",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
