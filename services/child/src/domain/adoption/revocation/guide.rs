//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "收养登记时弄虚作假骗取登记的，由登记机关撤销，收养关系自始无效。",
        audience: "原登记的县级民政部门。",
        conditions: vec![
            "收养关系当事人弄虚作假骗取收养登记。",
            "撤销前听取收养人、被收养人的陈述和申辩。",
        ],
        legal_basis: vec![("中国公民收养子女登记办法", "第13条")],
        materials: vec![],
        steps: vec![
            ("立案", "县级民政部门", "收到线索后"),
            ("听取意见", "县级民政部门", "撤销以前"),
            ("审批", "两名工作人员", "按本地规定"),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "撤销收养登记决定书；收养登记证收缴作废。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: true,
        appointment: "",
    }
}
