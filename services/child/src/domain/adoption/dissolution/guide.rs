//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "收养关系当事人协议解除收养关系，到被收养人户籍地的县级民政部门登记。",
        audience: "收养人、送养人和被收养人。",
        conditions: vec![
            "被收养人未成年的，收养人、送养人双方同意；被收养人满8周岁的，还要本人同意。",
            "被收养人成年的，由收养人和被收养人协议。",
            "双方一起到场；协议不成的，可以向人民法院起诉。",
        ],
        legal_basis: vec![
            ("民法典", "第1114条至第1118条"),
            ("中国公民收养子女登记办法", "解除收养关系登记"),
        ],
        materials: vec![],
        steps: vec![
            ("当面确认", "县级民政部门", "当天"),
            ("审批登记", "两名工作人员", "自次日起30日内"),
        ],
        legal_time_limit: "自受理次日起30日。",
        promised_time_limit: "30日",
        fee: "不收费",
        result: "解除收养关系证明；收养登记证收回作废。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
