//! What a visit writes down; a phone sends parts of it.

use serde_json::{Map, Value};
use yiwang_casework::{Photos, form::is_readable};
use yiwang_chassis::fault::FieldViolation;

use crate::domain::{
    fields::{HiddenText, LongText, ShortText},
    welfare::words::Living,
};

yiwang_casework::code_list! {
    /// Where it was.
    Place {
        Home = "home", "家里";
        School = "school", "学校";
        Village = "village", "村（社区）、儿童之家";
        Phone = "phone", "电话、视频";
        Other = "other", "其他地方";
    }
}

yiwang_casework::code_list! {
    /// One of the six checks.
    Check {
        Fine = "fine", "正常";
        Watch = "watch", "要留意";
        Bad = "bad", "有问题";
    }
}

yiwang_casework::code_list! {
    /// What came of it.
    Outcome {
        Normal = "normal", "正常";
        NeedHelp = "need_help", "需要帮助";
        Risk = "risk", "有危险，报告保护个案";
        NotFound = "not_found", "找不到人，已经报警";
    }
}

yiwang_casework::act_data! {
    /// A visit.
    Visit {
        place: Place, "Place", "在哪里", "";
        persons: String, "ShortText", "见到了谁", "例如儿童、祖母。没有见到的写“无”。";
        seen_alone: bool, "bool", "单独和儿童谈过话", "家长不在旁边时谈的。";
        living: Living, "Living", "现在的生活", "";
        guardianship: Check, "Check", "监护", "有没有人管，管得好不好。";
        life: Check, "Check", "生活", "吃、穿、住。";
        schooling: Check, "Check", "就学", "到校、学习。";
        health: Check, "Check", "健康", "";
        mind: Check, "Check", "心理", "情绪、同伴、睡眠。";
        safety: Check, "Check", "安全", "用火、用电、防溺水、防侵害。";
        outcome: Outcome, "Outcome", "结果", "";
        ? findings: String, "HiddenText", "情况", "";
        ? said: String, "HiddenText", "儿童自己怎么说", "太小不会说的，写“年幼”。";
        ? help: String, "LongText", "怎么安排的", "帮助转给了谁；报告、报警的写单位和时间。";
        ? photos: Photos, "Photos", "照片", "只拍环境，不拍儿童的脸。";
    }
}

/// Fields that a phone writes, with their titles.
pub const FIELDS: [(&str, &str); 14] = [
    ("place", "在哪里"),
    ("persons", "见到了谁"),
    ("seen_alone", "单独和儿童谈过话"),
    ("living", "现在的生活"),
    ("guardianship", "监护"),
    ("life", "生活"),
    ("schooling", "就学"),
    ("health", "健康"),
    ("mind", "心理"),
    ("safety", "安全"),
    ("findings", "情况"),
    ("said", "儿童自己怎么说"),
    ("outcome", "结果"),
    ("help", "怎么安排的"),
];

/// Most characters of a text.
const MOST: usize = 2000;
/// Fields that may be empty.
const MAY: [&str; 3] = ["findings", "said", "help"];

/// A written value in words: labels for codes.
#[must_use]
pub fn in_words(field: &str, value: &Value) -> String {
    let text = match value {
        Value::Bool(true) => "是",
        Value::Bool(false) => "否",
        other => other.as_str().unwrap_or_default(),
    };
    let label = match field {
        "place" => Place::from_code(text).map(Place::label),
        "living" => Living::from_code(text).map(Living::label),
        "outcome" => Outcome::from_code(text).map(Outcome::label),
        "persons" | "findings" | "said" | "help" => None,
        _ => Check::from_code(text).map(Check::label),
    };
    label.unwrap_or(text).to_owned()
}

impl Visit {
    /// Reads what is written, of one phone or of several.
    ///
    /// # Errors
    /// A violation for each field that is missing or unknown.
    pub fn read(written: &Map<String, Value>) -> Result<Self, Vec<FieldViolation>> {
        let empty = |key: &str| match written.get(key) {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.trim().is_empty(),
            Some(_) => false,
        };
        let missing = FIELDS
            .iter()
            .filter(|(key, _)| !MAY.contains(key) && empty(key))
            .map(|(key, title)| {
                FieldViolation::new(format!("/{key}"), "REQUIRED", format!("请填写“{title}”。"))
            });
        let long = written.iter().filter(|(_, value)| {
            let text = value.as_str().unwrap_or_default();
            text.chars().count() > MOST || !is_readable(text)
        });
        let long = long.map(|(key, _)| {
            let message = "写得太长，或者有不能显示的字，请改短。";
            FieldViolation::new(format!("/{key}"), "TOO_LONG", message)
        });
        let wrong: Vec<_> = missing.chain(long).collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        serde_json::from_value(Value::Object(written.clone())).map_err(|_| {
            let message = "走访的内容有误，请更新手机页面后重新填写。";
            vec![FieldViolation::new("", "WRONG_VALUE", message)]
        })
    }

    /// What is kept of it field by field; files stand elsewhere.
    #[must_use]
    pub fn written(&self) -> Map<String, Value> {
        let mut map = match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        map.remove("photos");
        map
    }

    /// The six checks with their titles.
    #[must_use]
    pub fn checks(&self) -> [(&'static str, Check); 6] {
        [
            ("监护", self.guardianship),
            ("生活", self.life),
            ("就学", self.schooling),
            ("健康", self.health),
            ("心理", self.mind),
            ("安全", self.safety),
        ]
    }

    /// What it left open, in words.
    #[must_use]
    pub fn look_at(&self) -> Vec<String> {
        let checks = self.checks().into_iter();
        let open = checks.filter(|(_, check)| *check != Check::Fine);
        let words = open.map(|(title, check)| format!("{title}：{}", check.label()));
        let alone = (!self.seen_alone).then(|| "上次没有单独谈话，这次请单独谈。".to_owned());
        words.chain(alone).collect()
    }
}
