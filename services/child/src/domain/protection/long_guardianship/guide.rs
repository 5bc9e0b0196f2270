//! The guide 办事指南.

use yiwang_casework::guide::Guide;

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "没有监护人的儿童，由民政部门长期监护，抚养到成年或者被收养。",
        audience: "县级民政部门。",
        conditions: vec!["符合未成年人保护法第九十四条规定的情形。"],
        legal_basis: vec![
            ("中华人民共和国未成年人保护法", "第九十四条至第九十六条"),
            ("中华人民共和国民法典", "第三十二条、第三十八条、第三十九条"),
        ],
        materials: vec![],
        steps: vec![
            ("登记、复核", "县级民政部门两人", "随时"),
            ("收留抚养、落户", "儿童福利机构、寄养家庭、亲属", "随时"),
            (
                "被收养、恢复监护人资格、成年",
                "收养登记机关、人民法院",
                "依法",
            ),
        ],
        legal_time_limit: "没有规定。",
        promised_time_limit: "按本地规定。",
        fee: "不收费",
        result: "儿童有家、有户口、有人负责。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: true,
        appointment: "",
    }
}
