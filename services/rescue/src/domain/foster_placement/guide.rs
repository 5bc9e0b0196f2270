//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "站内照料条件不足的受助人员，委托有资质的机构照料；救助管理站仍然负责。",
        audience: "救助管理站的工作人员。",
        conditions: vec![
            "机构证照在有效期内，消防、食品合格，托养协议有效。",
            "健康评估适合托养。",
        ],
        legal_basis: vec![("民发〔2015〕158号", "滞留人员的托养")],
        materials: vec![],
        steps: vec![
            ("核查机构", "县级民政部门", "转入以前"),
            ("健康评估", "医院", "转入以前"),
            ("巡查", "救助管理站", "每周，按本地规定"),
            ("检查", "救助管理站、民政部门", "每月，按本地规定"),
            ("转出", "救助管理站", "随时"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "在托养机构生活，继续寻亲。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
