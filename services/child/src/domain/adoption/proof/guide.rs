//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "收养登记证遗失、损毁的，可以补领；需要证明收养关系的，可以申请出具证明。",
        audience: "收养人。",
        conditions: vec![
            "已经办理收养登记，收养关系没有解除、没有撤销。",
            "本人到原登记的县级民政部门办理。",
        ],
        legal_basis: vec![("收养登记工作规范", "补领收养登记证、出具收养关系证明")],
        materials: vec![],
        steps: vec![
            ("核对身份、查档", "县级民政部门", "当天"),
            ("发证", "县级民政部门", "30个工作日内"),
        ],
        legal_time_limit: "30个工作日。",
        promised_time_limit: "当天查到档案的，当天办结。",
        fee: "不收费",
        result: "补发的收养登记证，或者收养关系证明。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
