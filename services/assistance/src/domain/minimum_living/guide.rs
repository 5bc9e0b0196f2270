//! The guide 办事指南 and the materials with where each comes from.

use std::borrow::Cow;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use yiwang_casework::guide::{Guide, MaterialSpec, Origin, Standard};
use yiwang_civic::{
    division,
    params::{Param, RuleBook, Value},
};

/// Mandate of an applicant who lets somebody else file (M57: 委托手续).
pub(super) const MANDATE: &str = "mandate";

/// Materials. What 核对 and the platforms give may not be asked (社会救助法第六十二条).
pub(super) const MATERIALS: &[MaterialSpec] = &[
    asked(
        "medical_bills",
        "自己负担的医疗、康复费用票据",
        "有因病因残支出的提供，拍照即可。",
    ),
    asked(
        MANDATE,
        "委托书",
        "由他人代为申请的必须提供，由申请人签名或按手印。",
    ),
    asked(
        "guardian_proof",
        "监护关系证明",
        "监护人代为同意授权、部门查不到监护关系的提供。",
    ),
    asked(
        "income_statement",
        "务工、种养收入的书面说明",
        "没有工资单的，自己写明即可。",
    ),
    asked("other", "其他能说明困难情况的材料", "自愿提供。"),
    shared("identity_card", "居民身份证"),
    shared("household_register", "户口簿"),
    shared("marriage_certificate", "婚姻登记证明"),
    shared("disability_card", "残疾人证"),
    shared("school_status", "在校就读证明"),
    shared("real_estate_certificate", "不动产登记证明"),
    shared("bank_statement", "银行流水、存款证明"),
    shared("vehicle_certificate", "车辆登记证明"),
    shared("social_insurance", "社会保险缴费和待遇证明"),
    shared("tax_record", "纳税证明"),
    shared("business_licence", "市场主体登记证明"),
    shared("housing_fund", "住房公积金证明"),
    shared("death_certificate", "死亡、火化证明"),
    issued("acceptance", "受理通知书"),
    issued("confirmation", "确认通知书"),
];

const fn asked(code: &'static str, title: &'static str, hint: &'static str) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Asked,
        required: false,
        hint,
    }
}

const fn shared(code: &'static str, title: &'static str) -> MaterialSpec {
    let hint = "由部门共享，不需要提供。";
    MaterialSpec {
        code,
        title,
        origin: Origin::Shared,
        required: false,
        hint,
    }
}

const fn issued(code: &'static str, title: &'static str) -> MaterialSpec {
    MaterialSpec {
        code,
        title,
        origin: Origin::Issued,
        required: false,
        hint: "办理过程中出具。",
    }
}

/// Parts of the form that a correction list may name besides materials.
const FORM_PARTS: &[(&str, &str)] = &[
    ("form", "申请表填写内容"),
    ("authorisation", "成年家庭成员的核对授权"),
    ("account_book", "领取账户"),
];

/// What a correction list may name; the shared ones stand there with the reason
/// why they may not be asked, so that the refusal teaches the rule.
#[derive(Debug)]
pub(super) enum CorrectionCode {}

impl JsonSchema for CorrectionCode {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "CorrectionCode".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let parts = FORM_PARTS
            .iter()
            .map(|(code, title)| (*code, (*title).to_owned()));
        let materials = MATERIALS
            .iter()
            .filter(|spec| spec.origin != Origin::Issued)
            .map(|spec| {
                let shared = spec.origin == Origin::Shared;
                let title = if shared {
                    format!("{}（部门共享，不得要求）", spec.title)
                } else {
                    spec.title.to_owned()
                };
                (spec.code, title)
            });
        let options: Vec<_> = parts
            .chain(materials)
            .map(|(code, title)| serde_json::json!({ "const": code, "title": title }))
            .collect();
        json_schema!({ "type": "string", "x-widget": "select", "oneOf": options })
    }
}

/// Chinese title and origin of a code of the correction list.
#[must_use]
pub(super) fn correction_item(code: &str) -> Option<(&'static str, Origin)> {
    let part = FORM_PARTS.iter().find(|(part, _)| *part == code);
    let material = MATERIALS.iter().find(|spec| spec.code == code);
    part.map(|(_, title)| (*title, Origin::Asked))
        .or_else(|| material.map(|spec| (spec.title, spec.origin)))
}

/// The guide.
#[must_use]
pub(super) fn guide() -> Guide {
    Guide {
        summary: "家庭人均收入低于当地低保标准、财产符合规定的，每月领取差额补助。",
        audience: "共同生活的家庭成员人均收入低于当地最低生活保障标准，且家庭财产状况符合当地规定的家庭；低保边缘家庭中的重度残疾人、重病患者等可以单独申请。",
        conditions: vec![
            "家庭月人均收入低于当地最低生活保障标准。",
            "家庭财产符合当地规定（金融资产、住房、车辆、市场主体登记）。",
            "家庭作为一个整体申请，成年家庭成员同意授权核对。",
        ],
        legal_basis: vec![
            (
                "中华人民共和国社会救助法",
                "第十八条、第二十条、第二十一条、第三十七条、第四十四条、第四十八条、第六十二条",
            ),
            (
                "最低生活保障审核确认办法（民发〔2021〕57号）",
                "第五条至第三十七条",
            ),
        ],
        materials: MATERIALS.to_vec(),
        steps: vec![
            (
                "申请",
                "申请人、代办人",
                "随时，户籍所在地或居住地乡镇（街道），可网上办理",
            ),
            ("受理", "乡镇（街道）", "材料不全的一次性告知"),
            (
                "调查和信息核对",
                "乡镇（街道）、核对机构",
                "受理后3个工作日内启动",
            ),
            ("初审、公示", "乡镇（街道）", "公示7天"),
            (
                "审核确认",
                "县级民政部门（授权的由乡镇、街道）",
                "收到后10个工作日内",
            ),
            (
                "发放",
                "县级民政部门、代发银行",
                "从作出决定的下月起，按月发放",
            ),
        ],
        legal_time_limit: "自受理之日起30个工作日（乡镇、街道审核确认的20个工作日）；公示有异议、人户分离、异地申办、调查难度较大的最长45个工作日。",
        promised_time_limit: "30个工作日",
        fee: "不收费",
        result: "确认通知书，按月发放最低生活保障金；不予确认的书面告知理由。",
        appeal: "对决定不服的，可以依法申请行政复议或者提起行政诉讼；也可拨打12345反映。",
        ..Guide::default()
    }
}

const SHOWN: &[(&str, &str)] = &[
    ("minimum_living.standard.rural", "农村最低生活保障标准"),
    ("minimum_living.standard.urban", "城市最低生活保障标准"),
];

/// Standards in force: of `division`, or every place's when it is empty.
#[must_use]
pub(super) fn standards(rules: &RuleBook, division: &str, day: Date) -> Vec<Standard> {
    let mut rows = Vec::new();
    for (id, label) in SHOWN {
        let places: Vec<&Param> = match rules.lookup(id, division, day) {
            Ok(param) if !division.is_empty() => vec![param],
            _ => in_force(rules, id, day),
        };
        rows.extend(
            places
                .into_iter()
                .filter_map(|param| standard(param, label)),
        );
    }
    rows
}

fn in_force<'a>(rules: &'a RuleBook, id: &str, day: Date) -> Vec<&'a Param> {
    let of_id = rules
        .iter()
        .filter(|param| param.id == id && param.division != "000000");
    let places: std::collections::BTreeSet<&str> =
        of_id.map(|param| param.division.as_str()).collect();
    places
        .into_iter()
        .filter_map(|place| rules.lookup(id, place, day).ok())
        .collect()
}

fn standard(param: &Param, label: &str) -> Option<Standard> {
    let month = match &param.value {
        Value::Text(_) => param.fen().ok()?,
        _ => return None,
    };
    let year = month.checked_mul(12)?;
    let place = division::full_name(&param.division).unwrap_or_default();
    let doubt = if param.verified {
        ""
    } else {
        "（默认值，待当地确认）"
    };
    Some(Standard {
        label: format!("{place}{label}"),
        value: format!("每人每月{month}元（每年{year}元）{doubt}"),
        source: param.source.clone(),
    })
}
