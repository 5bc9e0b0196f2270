//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

const fn asked(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Asked,
        required: false,
        hint,
    }
}

/// What is asked.
const MATERIALS: &[MaterialSpec] = &[
    asked(
        "receipt",
        "收费票据",
        "殡仪馆开的票据，拍清项目、金额和日期。有几张拍几张，原件先留着，审核时要看。",
    ),
    asked(
        "cremation_certificate",
        "火化证明",
        "外地殡仪馆开的，整张拍清楚。",
    ),
    asked(
        "death_certificate",
        "死亡证明",
        "在本地办过死亡登记的不用传；不确定的先不传，要补会告诉您。",
    ),
];

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "在外地火化、没有享受当地减免的，回户籍地报销本地惠民政策减免的项目。",
        audience: "在外地办理火化的承办人。",
        conditions: vec![
            "逝者是本地户籍。",
            "自收费票据之日起，在本地规定的期限内申请（多数地方3个月）。",
            "只报销本地惠民政策减免的项目，不超过本地标准。",
            "每位逝者全国只减免（报销）一次。",
        ],
        legal_basis: vec![("地方惠民殡葬政策", "异地火化费用报销")],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("申请", "承办人，网上或者窗口", "票据之日起3个月内"),
            ("核对票据、审核", "户籍地县级民政局", "按本地规定"),
            ("发放", "财政、代发银行", "审核通过以后"),
        ],
        legal_time_limit: "按本地规定。",
        promised_time_limit: "材料齐全，10个工作日内审核",
        fee: "不收费",
        result: "报销款发到承办人的银行账户。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
