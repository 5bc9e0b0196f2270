//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin};

const fn shown(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Shown,
        required: true,
        hint,
    }
}

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "中国公民在国内收养子女，到县级民政部门登记；登记之日起收养关系成立。",
        audience: "想收养孩子的夫妻或者单身公民；收养亲属的孩子、继子女的也要登记。",
        conditions: vec![
            "无子女或者只有一名子女，年满30周岁，有抚养、教育能力，没有不宜收养的疾病和违法犯罪记录。",
            "有配偶的夫妻共同收养；无配偶的收养异性子女，年龄相差40周岁以上。",
            "收养孤儿、残疾儿童、福利机构抚养的查找不到生父母的儿童，不受子女数限制。",
            "收养三代以内旁系同辈血亲的子女、继子女，按法律放宽条件。",
            "孩子年满8周岁的，要孩子本人同意。",
            "生父母双方同意送养；一方死亡、下落不明的由另一方送养。",
        ],
        legal_basis: vec![
            ("民法典", "第1093条至第1118条"),
            ("中国公民收养子女登记办法", "第4条至第13条"),
            ("收养评估办法（试行）", "民发〔2020〕144号"),
        ],
        materials: vec![
            shown("identity", "户口簿、居民身份证", "夫妻双方都带原件。"),
            shown(
                "marriage",
                "婚姻状况证明",
                "结婚证；未婚、离婚、丧偶的带相应证明。收养继子女的只要户口簿、身份证、结婚证。",
            ),
            shown(
                "ability",
                "抚养教育能力证明、子女情况声明",
                "由单位或者村（居）民委员会出具；收养继子女的不用。",
            ),
            shown(
                "health",
                "县级以上医疗机构的健康检查证明",
                "收养继子女的不用。",
            ),
            shown(
                "sender",
                "送养人的证件和证明",
                "送养人（机构）到场时带来，不上传。",
            ),
        ],
        steps: vec![
            ("当面核对材料、询问意愿", "县级民政部门", "当天"),
            (
                "寻找生父母公告（生父母不明的）",
                "县级民政部门",
                "60日，不计入期限",
            ),
            (
                "收养评估（继子女除外）",
                "两名以上评估人员",
                "60日内，不计入期限",
            ),
            ("审批登记", "两名工作人员", "自次日起30日内"),
            ("办理户口", "公安机关", "凭收养登记证"),
        ],
        legal_time_limit: "自受理次日起30日，公告和评估时间不计入。",
        promised_time_limit: "30日",
        fee: "不收费，评估也不收费",
        result: "收养登记证；送养人资料封存，未经批准任何人不能查阅。",
        appeal: crate::domain::desk::APPEAL,
        at_counter: false,
        appointment: "",
    }
}
