//! The guide 办事指南.

use yiwang_casework::guide::{Guide, MaterialSpec, Origin, Standard};
use yiwang_civic::params::RuleBook;

/// What is shared, asked and issued.
const MATERIALS: &[MaterialSpec] = &[
    material(
        "death_certificate",
        "死亡证明",
        Origin::Shared,
        "联网核对，只填编号。",
    ),
    material(
        "cremation_certificate",
        "火化证明",
        Origin::Shared,
        "本地火化的联网核对，只填编号；外地火化的带原件到现场核对。",
    ),
    material(
        "kinship_proof",
        "亲属关系证明",
        Origin::Asked,
        "只有合葬才要：拍结婚证，或者户口簿上有两个人姓名的那几页；也可以签合同时带来。",
    ),
    material(
        "grave_contract",
        "骨灰安放（葬）合同",
        Origin::Issued,
        "签合同时出具。",
    ),
    material(
        "grave_laid",
        "骨灰安放（葬）证明",
        Origin::Issued,
        "安放时出具。",
    ),
];

const fn material(
    code: &'static str,
    title: &'static str,
    origin: Origin,
    hint: &'static str,
) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin,
        required: false,
        hint,
    }
}

/// The guide.
pub(super) fn guide() -> Guide {
    Guide {
        summary: "为去世的亲人选格位、墓位或者生态安葬，签合同、安放、续期、迁葬、退还。",
        audience: "逝者的亲属或者其他承办人。公益性设施只服务本区域的户籍和常住居民。",
        conditions: vec![
            "有死亡证明；安放骨灰的还要有火化证明；遗体只能葬在土葬改革区。",
            "一位逝者一个位置，登记的是逝者的姓名，以后不能更改、转让、买卖。",
            "不为健在的人预留，但高龄、危重等特殊情形经民政局批准的除外。",
            "合葬的，是先安放者的近亲属。",
        ],
        legal_basis: vec![
            (
                "殡葬管理条例（国务院令第824号）",
                "骨灰安放设施、公墓的使用",
            ),
            (
                "民政部关于公墓管理的通知（民事发〔1998〕10号）",
                "墓位面积和使用周期",
            ),
            ("湖北省公益性公墓建设意见（2020年，八部门）", "墓位面积"),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            ("从平面图选位，网上保留30分钟", "家属", "当场"),
            ("提交申请，保留位置", "家属", "当场"),
            ("审核", "公墓、窗口工作人员", "3个工作日"),
            ("签合同", "公墓", "审核通过后7个工作日内"),
            ("安放（葬），两人签名", "公墓和家属", "与家属约定"),
        ],
        legal_time_limit: "没有法定期限。",
        promised_time_limit: "3个工作日内审核",
        fee: "按公布的价目表收费；生态安葬和减免对象见价目表。清单以外不收费。",
        result: "骨灰安放（葬）合同、安放证明。",
        appeal: "对不予办理不服的，可以依法申请行政复议或者提起行政诉讼；对收费有异议的，可以投诉。",
        at_counter: false,
        appointment: "",
    }
}

/// Label, parameter, unit; areas are kept in square centimetres.
const SHOWN: [(&str, &str); 4] = [
    ("骨灰单穴墓位最大面积", "burial.plot.max_cm2.ash_single"),
    ("骨灰双穴墓位最大面积", "burial.plot.max_cm2.ash_joint"),
    ("遗体单穴墓位最大面积", "burial.plot.max_cm2.body_single"),
    ("遗体双穴墓位最大面积", "burial.plot.max_cm2.body_double"),
];

/// Sizes and period in force.
pub(super) fn standards(rules: &RuleBook, division: &str, day: jiff::civil::Date) -> Vec<Standard> {
    let division = if division.is_empty() {
        "000000"
    } else {
        division
    };
    let size = SHOWN.iter().filter_map(|(label, id)| {
        let param = rules.lookup(id, division, day).ok()?;
        let cm2 = param.count().ok()?;
        Some(Standard {
            label: (*label).to_owned(),
            value: format!("{}.{}平方米", cm2 / 10_000, cm2 % 10_000 / 1_000),
            source: param.source.clone(),
        })
    });
    let period = rules
        .lookup("burial.grave.cycle_years", division, day)
        .ok()
        .and_then(|param| {
            Some(Standard {
                label: "一个使用周期".to_owned(),
                value: format!("{}年", param.count().ok()?),
                source: param.source.clone(),
            })
        });
    size.chain(period).collect()
}
