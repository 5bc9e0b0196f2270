//! What a family tells: one question at a time, whatever is not known stays empty.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::Person;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{identity_document::IdentityDocument, time::beijing_date};

use super::action::Clue;
use crate::domain::{
    desk::filled,
    document::Document,
    fields::{
        DayOrNone, DivisionCode, DocumentNumber, LongText, Name, Phone, SexChoice, ShortText,
    },
    kin::report::{Relative, Report, Sex, Source},
    stay::clues::Told,
};

yiwang_casework::code_list! {
    /// What the reporter is to the missing person.
    Relation {
        Parent = "parent", "父母";
        Spouse = "spouse", "配偶";
        Child = "child", "子女";
        Sibling = "sibling", "兄弟姐妹";
        Grand = "grand", "祖父母、外祖父母、孙子女、外孙子女";
        Other = "other", "其他亲属、监护人";
        Office = "office", "村（居）民委员会、所在单位";
    }
}

yiwang_casework::field_kinds! {
    /// Whole years, or nothing.
    YearsOrNone => { "type": ["integer", "null"], "minimum": 0, "maximum": 120 };
    /// Centimetres, or nothing.
    Height => { "type": ["integer", "null"], "minimum": 40, "maximum": 250 };
    /// Number of an identity document, or nothing.
    NumberOrNone => { "type": "string", "maxLength": 30, "x-mask": "id_number" };
}

/// Who asks.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct Reporter {
    /// Name.
    #[schemars(title = "您的姓名", description = "与身份证一致。", with = "Name")]
    pub name: String,
    /// Number.
    #[schemars(
        title = "您的身份证号",
        description = "只有办理人员能看到。",
        with = "DocumentNumber"
    )]
    pub id_number: String,
    /// Telephone.
    #[schemars(
        title = "联系电话",
        description = "有消息第一时间打这个电话。",
        with = "Phone"
    )]
    pub phone: String,
    /// Relation.
    #[schemars(title = "您是走失人员的什么人", description = "")]
    pub relation: Relation,
}

macro_rules! asked {
    ($($field:ident: $type:ty, $with:literal, $title:literal, $hint:literal, $step:literal;)*) => {
        /// The report.
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(title = "家属寻人求助", description = "")]
        pub struct Form {
            /// Who asks.
            #[schemars(title = "求助人", description = "", extend("x-step" = "求助人"))]
            pub reporter: Reporter,
            /// Name.
            #[schemars(title = "走失人员叫什么名字", description = "", with = "Name", extend("x-step" = "找谁"))]
            pub name: String,
            /// Sex.
            #[schemars(title = "性别", description = "", with = "SexChoice", extend("x-step" = "找谁"))]
            pub sex: String,
            $(#[doc = $title]
              #[serde(default)]
              #[schemars(title = $title, description = $hint, with = $with)]
              #[schemars(extend("x-step" = $step))]
              pub $field: $type,)*
            /// Consent.
            #[schemars(title = "同意用这些信息寻人", description = "只用于和救助站里身份不明的人比对。",
                extend("x-step" = "同意"))]
            pub consent_search: bool,
            /// Consent.
            #[serde(default)]
            #[schemars(title = "同意公开发布寻人信息", description = "不同意的也照样比对。",
                extend("x-step" = "同意"))]
            pub consent_publish: bool,
            /// Consent.
            #[serde(default)]
            #[schemars(title = "同意用照片做人脸比对", description = "照片生成的人脸数据加密保存，只用于寻亲，找到或者撤回后不再使用。",
                extend("x-step" = "同意"))]
            pub consent_face: bool,
        }
    };
}

asked! {
    names: String, "ShortText", "还有别的叫法吗", "小名、绰号、曾用名，几个的用顿号隔开。", "找谁";
    born: String, "DayOrNone", "出生日期", "不知道的不填，填下面的年龄。", "找谁";
    age: Option<u8>, "YearsOrNone", "现在多大（岁）", "大概也可以。", "找谁";
    id_number: String, "NumberOrNone", "身份证号", "不知道的不填。", "找谁";
    home: String, "DivisionCode", "户籍在哪里", "", "家在哪里";
    address: String, "LongText", "家住哪里", "写到乡镇、村组或者小区。", "家在哪里";
    dialect: String, "ShortText", "说什么话", "例如：陕南话、温州话、不会说话。", "家在哪里";
    last_seen_on: String, "DayOrNone", "哪天走失的", "记不清日子的，写那个月的1日。", "怎么走失的";
    last_seen_place: String, "DivisionCode", "在哪里走失的", "", "怎么走失的";
    how: String, "LongText", "当时的情况", "穿什么衣服、去过哪里、为什么出门。", "怎么走失的";
    height_cm: Option<u16>, "Height", "身高（厘米）", "", "长什么样";
    marks: String, "LongText", "身上有什么特征", "疤、痣、文身、缺牙、残疾，在左边还是右边。", "长什么样";
    condition: String, "LongText", "身体和精神怎么样", "例如：老年痴呆、精神病、耳聋。", "长什么样";
    relatives: Vec<Told>, "Vec<Told>", "可能会提到的亲属", "本人常挂在嘴边的名字。", "亲属";
    police: String, "ShortText", "报警回执编号", "没有报警的请先报警，也可以先求助。", "报警";
}

fn told(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn each(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(['、', '，', ',', ' ', '；']).filter_map(told)
}

impl Form {
    fn id(&self) -> Option<IdentityDocument> {
        let number = &self.reporter.id_number;
        Document::CitizenId.read("", number).ok()
    }

    /// The citizen number of who is missing, when it is known.
    #[must_use]
    pub fn missing_id(&self) -> Option<IdentityDocument> {
        Document::CitizenId.read("", &self.id_number).ok()
    }

    /// Who asks. Who is missing sees nothing here.
    pub(super) fn people(&self) -> Vec<Person> {
        let person = self.id().map(|id| Person {
            id,
            name: self.reporter.name.trim().to_owned(),
            relation: "self".to_owned(),
        });
        person.into_iter().collect()
    }

    /// What is wrong.
    pub(super) fn violations(&self, today: jiff::civil::Date) -> Vec<FieldViolation> {
        let who = &self.reporter;
        let mut found = Vec::new();
        found.extend(filled(&who.name, "/reporter/name", "请填写您的姓名。"));
        found.extend(filled(&who.phone, "/reporter/phone", "请填写联系电话。"));
        found.extend(filled(&self.name, "/name", "请填写走失人员的姓名。"));
        let numbers = [
            ("/reporter/id_number", who.id_number.trim(), true),
            ("/id_number", self.id_number.trim(), false),
        ];
        for (at, number, needed) in numbers {
            if (needed || !number.is_empty())
                && let Err(error) = Document::CitizenId.read("", number)
            {
                found.push(FieldViolation::new(at, error.reason(), error.message()));
            }
        }
        for (at, day) in [("/born", &self.born), ("/last_seen_on", &self.last_seen_on)] {
            let future = day
                .trim()
                .parse::<jiff::civil::Date>()
                .is_ok_and(|day| day > today);
            if future {
                found.push(FieldViolation::new(at, "FUTURE", "日期晚于今天，请核对。"));
            }
        }
        if !self.consent_search {
            let message = "要您同意，才能用这些信息寻人。";
            found.push(FieldViolation::new("/consent_search", "CONSENT", message));
        }
        found
    }

    /// As the search reads it, with what was added later.
    #[must_use]
    pub fn report(&self, number: &str, clues: &[Clue], filed: jiff::Timestamp) -> Report {
        let joined = |first: &str, more: &dyn Fn(&Clue) -> String| {
            let mut all: Vec<String> = told(first).into_iter().collect();
            all.extend(clues.iter().filter_map(|clue| told(&more(clue))));
            told(&all.join("；"))
        };
        let later = |first: &str, more: &dyn Fn(&Clue) -> String| {
            let last = clues.iter().rev().find_map(|clue| told(&more(clue)));
            last.or_else(|| told(first))
        };
        let mut aka: Vec<String> = each(&self.names).collect();
        aka.extend(clues.iter().flat_map(|clue| each(&clue.names)));
        let relatives = self.relatives.iter().map(|one| Relative {
            rel: one.relation.trim().to_owned(),
            name: one.name.trim().to_owned(),
        });
        Report {
            report_id: number.to_owned(),
            source: Source::Family,
            name: told(&self.name),
            aka,
            sex: match self.sex.as_str() {
                "male" => Some(Sex::M),
                "female" => Some(Sex::F),
                _ => None,
            },
            birth_date: told(&self.born),
            age_at_report: self.age.map(i32::from),
            id_number: self.missing_id().map(|id| id.number().to_owned()),
            native_place: self.home.trim().get(..6).map(str::to_owned),
            address: told(&self.address),
            height_cm: self.height_cm.map(i32::from),
            last_seen_date: later(&self.last_seen_on, &|clue| clue.last_seen_on.clone()),
            last_seen_place: self.last_seen_place.trim().get(..6).map(str::to_owned),
            report_date: Some(beijing_date(filed).to_string()),
            body_marks: joined(&self.marks, &|clue| clue.marks.clone()),
            condition: joined(&self.condition, &|clue| clue.condition.clone()),
            dialect: later(&self.dialect, &|clue| clue.dialect.clone()),
            relatives: relatives.collect(),
            face: None,
        }
    }
}
