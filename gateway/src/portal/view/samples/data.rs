//! Things that the sample pages show.

use jiff::{Timestamp, civil::Date};
use prost_types::Timestamp as WireTime;
use serde_json::{Map, Value, json};
use yiwang_proto::casework::v1 as pb;

use crate::portal::view::{Chrome, Section, User, case::HistoryLine, format};

pub(super) const TODAY: Date = jiff::civil::date(2026, 5, 12);
pub(in crate::portal::view) const EVIL: &str = "<script>alert(1)</script> '; DROP TABLE 𠮷";

pub(super) fn chrome(title: &str, section: Section, who: &str) -> Chrome {
    let user = match who {
        "" => None,
        who => Some(User {
            name: if who == "staff" {
                "陈志强"
            } else {
                "张建国"
            }
            .into(),
            staff: who == "staff",
            counter: who == "staff",
            burial: if who == "staff" { "/home/board" } else { "" },
            rescue: if who == "staff" { "/rescue/board" } else { "" },
            child: if who == "staff" { "/child/files" } else { "" },
            csrf: "token".into(),
        }),
    };
    let demo = Some(format::day(TODAY));
    Chrome {
        title: title.into(),
        section,
        path: "/my".into(),
        user,
        demo,
        large: false,
    }
}

pub(super) fn wire(at: &str) -> Option<WireTime> {
    let at: Timestamp = at.parse().unwrap();
    Some(WireTime {
        seconds: at.as_second(),
        nanos: 0,
    })
}

pub(super) fn schema() -> Value {
    let person = json!({
    "type": "object", "required": ["name", "id_number", "income", "check_consent"],
    "properties": {
        "name": {"type": "string", "title": "姓名", "description": "与身份证一致。", "maxLength": 50},
        "id_number": {"type": "string", "title": "身份证号码", "description": "18位，末位可以是X。", "x-widget": "id_number"},
        "relation": {"title": "与申请人的关系", "x-widget": "select", "oneOf": [
            {"const": "spouse", "title": "配偶"}, {"const": "child", "title": "子女"}, {"const": "parent", "title": "父母"},
            {"const": "grandparent", "title": "祖父母"}, {"const": "sibling", "title": "兄弟姐妹"}, {"const": "other", "title": "其他"}]},
        "health": {"title": "健康状况", "oneOf": [{"const": "well", "title": "健康"}, {"const": "ill", "title": "重病"}, {"const": "slow", "title": "慢性病"}]},
        "income": {"type": "integer", "title": "工资和务工收入（每月）", "description": "没有就填0。", "x-widget": "yuan", "minimum": 0},
        "check_consent": {"type": "boolean", "x-widget": "checkbox", "title": "本人同意授权民政部门核对家庭经济状况", "description": "授权只用于本次申请和领取期间的核查。"}
    }});
    json!({
    "type": "object", "required": ["scope", "phone", "home", "members", "story"],
    "properties": {
        "scope": {"title": "怎样申请", "description": "一般选全家一起申请。", "x-step": "申请人", "x-widget": "radio",
            "oneOf": [{"const": "family", "title": "全家一起申请"}, {"const": "single", "title": "单独申请", "description": "低保边缘家庭里的重残、重病人员可以单独申请。"}]},
        "phone": {"type": "string", "title": "联系电话", "description": "工作人员会打这个电话。", "x-widget": "phone", "x-step": "申请人"},
        "home": {"type": "string", "title": "现居住地", "description": "选到乡镇或街道。", "x-widget": "division", "x-step": "申请人"},
        "members": {"type": "array", "title": "家庭成员", "description": "申请人本人不用再填。", "items": person, "x-step": "家庭成员"},
        "officers": {"type": "array", "title": "调查人员姓名", "items": {"type": "string"}, "minItems": 1, "x-step": "家庭成员"},
        "born": {"type": "string", "format": "date", "title": "从哪天开始困难", "x-step": "困难情况"},
        "story": {"type": "string", "title": "想说明的情况", "description": "用自己的话写就行。", "x-widget": "textarea", "maxLength": 1000, "x-step": "困难情况"},
        "yes": {"type": "boolean", "x-widget": "radio", "title": "是否住院", "x-step": "困难情况"},
        "kinds": {"type": "array", "title": "领过哪些补助", "items": {"oneOf": [{"const": "a", "title": "高龄津贴"}, {"const": "b", "title": "残疾人补贴"}]}, "x-step": "困难情况"}
    }})
}

pub(super) fn filled() -> Map<String, Value> {
    let value = json!({
        "_division": "420323100", "scope": "family", "phone": "13800000001", "home": "竹山县",
        "members": [
            {"name": "王秀英", "id_number": "420323198001011229", "relation": "spouse", "income": 30000, "check_consent": true},
            {"name": EVIL, "income": "三百块"}
        ],
        "officers": ["陈志强", ""],
        "story": "孩子上学，我腰不好，干不了重活。"
    });
    value.as_object().unwrap().clone()
}

pub(super) fn item() -> pb::Item {
    let material = |code: &str, title: &str, origin: &str, hint: &str| pb::MaterialSpec {
        code: code.into(),
        title: title.into(),
        origin: origin.into(),
        required: code == "statement",
        hint: hint.into(),
    };
    let step = |title: &str, who: &str, limit: &str| pb::Step {
        title: title.into(),
        who: who.into(),
        limit: limit.into(),
    };
    pb::Item {
        code: "minimum-living".into(),
        title: "最低生活保障".into(),
        summary: "家庭人均收入低于当地低保标准、财产符合规定的，每月领取差额补助。".into(),
        service: "assistance".into(),
        guide: Some(pb::Guide {
            audience: "共同生活的家庭成员人均收入低于当地最低生活保障标准，且家庭财产状况符合当地规定的家庭。".into(),
            conditions: vec!["家庭月人均收入低于当地最低生活保障标准。".into(), "成年家庭成员同意授权核对。".into()],
            legal_basis: vec![pb::LegalBasis { name: "中华人民共和国社会救助法".into(), article: "第二十条".into() }],
            materials: vec![
                material("statement", "务工、种养收入的书面说明", "ASKED", "没有工资单的，自己写明即可。"),
                material("medical", "自己负担的医疗、康复费用票据", "ASKED", "有因病因残支出的提供，拍照即可。"),
                material("household", "户口簿", "SHARED", ""),
                material("bank", "银行流水、存款证明", "SHARED", ""),
            ],
            steps: vec![
                step("申请", "申请人、代办人", "随时，可网上办理"),
                step("受理", "乡镇（街道）", "材料不全的一次性告知"),
                step("初审、公示", "乡镇（街道）", "公示7天"),
                step("审核确认", "县级民政部门", "收到后10个工作日内"),
            ],
            legal_time_limit: "自受理之日起30个工作日".into(),
            promised_time_limit: "20个工作日".into(),
            fee: "不收费".into(),
            result: "确认通知书，按月发放最低生活保障金".into(),
            appeal: "可以依法申请行政复议或者提起行政诉讼；也可拨打12345反映。".into(),
            standards: vec![pb::StandardRow { label: "竹山县农村低保标准".into(), value: "每人每年4560.00 元".into(), source: "竹山县人民政府公布".into() }],
            ..Default::default()
        }),
        form_schema: schema().to_string(),
        ..Default::default()
    }
}

pub(super) fn clock(label: &str, last_day: &str) -> pb::Clock {
    pb::Clock {
        label: label.into(),
        legal_basis: "民发〔2021〕57号第十五条".into(),
        last_day: last_day.into(),
        ..Default::default()
    }
}

pub(super) fn notice() -> pb::Notice {
    pb::Notice {
        id: "0190".into(),
        kind: "初审公示".into(),
        title: "城关镇最低生活保障初审公示".into(),
        text:
            "经初步审核，拟将下列家庭纳入最低生活保障。\n公示期内如有异议，请向城关镇人民政府反映。"
                .into(),
        division_name: "湖北省十堰市竹山县城关镇".into(),
        posted_at: wire("2026-05-11T01:00:00Z"),
        last_day: "2026-05-18".into(),
        running: true,
        rows: vec![
            pb::Row {
                label: "申请人".into(),
                value: "张**".into(),
                ..Default::default()
            },
            pb::Row {
                label: "家庭人口".into(),
                value: "3人".into(),
                ..Default::default()
            },
        ],
        objections: 1,
        ..Default::default()
    }
}

pub(super) fn case(own: bool) -> pb::Case {
    let row = |label: &str, value: &str, reveal: &str| pb::Row {
        label: label.into(),
        value: value.into(),
        reveal: reveal.into(),
    };
    let file = pb::MaterialRef {
        code: "statement".into(),
        file_id: "f1".into(),
        file_name: "收入说明.jpg".into(),
        size: 1_300_000,
        ..Default::default()
    };
    pb::Case {
        number: "DB420323260512000001X".into(),
        item: "minimum-living".into(),
        item_title: "最低生活保障".into(),
        division: "420323100".into(),
        division_name: "湖北省十堰市竹山县城关镇".into(),
        state: "correction".into(),
        state_label: "待补正".into(),
        explanation: "有内容需要补正，清单已一次性列出。补好后重新提交即可。".into(),
        version: 4,
        submitted_at: wire("2026-05-08T02:30:00Z"),
        due: Some(clock("办结", "2026-05-15")),
        clocks: vec![
            clock("办结", "2026-06-22"),
            clock("开始入户调查", "2026-05-12"),
            clock("受理", "2026-05-08"),
        ],
        applicant: "张**".into(),
        waiting_for: "申请人".into(),
        assignee: "陈志强".into(),
        sections: vec![
            pb::Section {
                title: "申请人".into(),
                rows: vec![
                    row("姓名", "张**", "/form/name"),
                    row("身份证号", "420323********1012", "/form/id_number"),
                    row("联系电话", "138****0001", "/form/phone"),
                    row("户籍", "竹山县城关镇", ""),
                ],
            },
            pb::Section {
                title: "家庭收入".into(),
                rows: vec![
                    row("月人均收入", "100.00 元", ""),
                    row("当地标准", "每人每月 380.00 元", ""),
                ],
            },
        ],
        form: Value::Object(filled()).to_string(),
        materials: vec![file],
        missing: vec![pb::MissingMaterial {
            code: "medical".into(),
            title: "自己负担的医疗费用票据".into(),
            reason: "请补拍2025年住院结算单的第二页。".into(),
        }],
        documents: vec![pb::DocumentRef {
            id: "d1".into(),
            kind: "acceptance".into(),
            title: "受理通知书".into(),
            issued_at: wire("2026-05-09T02:00:00Z"),
        }],
        notices: vec![notice()],
        act_files: vec![pb::ActFile {
            version: 2,
            title: "现场照片".into(),
            file: Some(pb::MaterialRef {
                file_id: "f2".into(),
                file_name: "老屋.jpg".into(),
                size: 2_100_000,
                ..Default::default()
            }),
        }],
        own,
        ..Default::default()
    }
}

pub(super) fn history() -> Vec<HistoryLine> {
    let entry = |at: &str, action: &str, state: &str, actor: &str, note: &str| pb::HistoryEntry {
        at: wire(at),
        action_label: action.into(),
        state_label: state.into(),
        actor: actor.into(),
        note: note.into(),
        ..Default::default()
    };
    let history = pb::History {
        entries: vec![
            entry("2026-05-08T02:30:00Z", "提交申请", "待受理", "申请人", ""),
            pb::HistoryEntry {
                version: 2,
                ..entry(
                    "2026-05-09T03:10:00Z",
                    "一次性告知",
                    "待补正",
                    "城关镇人民政府 陈志强",
                    "需补1项材料。",
                )
            },
        ],
    };
    HistoryLine::all(&history, &case(true))
}
