//! Signs of domestic violence 家庭暴力, coercion or trafficking (反家庭暴力法; rules A3.11): what
//! the counter saw goes to police and women's federation. Neither of the two reads it: the
//! one might be the other's danger.

use jiff::civil::Date;
use prost::Message as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use yiwang_casework::{
    Refusal,
    decision::DomainEvent,
    guide::{Mask, Section},
};
use yiwang_proto::marriage::v1::ViolenceSuspected;

use super::{fields::LongText, filled, paper::day, valid};

yiwang_casework::code_list! {
    /// To whom it may have happened.
    Victim {
        A = "a", "申请人一";
        B = "b", "申请人二";
    }
}

impl Victim {
    /// Index in the form's people.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }
}

yiwang_casework::code_list! {
    /// What is suspected.
    Suspicion {
        Violence = "violence", "家庭暴力";
        Coercion = "coercion", "受胁迫";
        Trafficking = "trafficking", "被拐卖、绑架";
    }
}

/// A report of an officer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "")]
pub struct ReportViolence {
    /// To whom.
    #[schemars(
        title = "疑似受害的一方",
        description = "请把双方分开，单独询问；求助指引只交给这一方。"
    )]
    pub about: Victim,
    /// What.
    #[schemars(title = "怀疑的情形", description = "")]
    pub suspicion: Suspicion,
    /// What was seen or said.
    #[schemars(
        title = "情况",
        description = "只有工作人员能看到，当事人双方都看不到。",
        with = "LongText"
    )]
    pub note: String,
}

/// A report as kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// Beijing date.
    pub on: Date,
    /// Officer.
    pub by: String,
    /// To whom; reports of the first months do not say.
    #[serde(default)]
    pub about: Option<Victim>,
    /// What.
    #[serde(default)]
    pub suspicion: Option<Suspicion>,
    /// What was seen or said.
    pub text: String,
}

impl ReportViolence {
    /// As kept.
    pub(crate) fn kept(&self, on: Date, by: String) -> Result<Reported, Refusal> {
        valid(
            filled(&self.note, "/note", "请写明情况。")
                .into_iter()
                .collect(),
        )?;
        Ok(Reported {
            on,
            by,
            about: Some(self.about),
            suspicion: Some(self.suspicion),
            text: self.note.trim().to_owned(),
        })
    }

    /// `domestic_violence.suspected`: a person key, no name.
    pub(crate) fn event(&self, case_number: &str, division: &str, keys: &[String]) -> DomainEvent {
        let payload = ViolenceSuspected {
            case_number: case_number.to_owned(),
            division: division.to_owned(),
            person: keys.get(self.about.index()).cloned().unwrap_or_default(),
            suspicion: self.suspicion.code().to_owned(),
        };
        DomainEvent {
            aggregate: "domestic_violence",
            aggregate_id: case_number.to_owned(),
            event: "suspected",
            payload: payload.encode_to_vec(),
        }
    }
}

/// The block for officers.
pub(crate) fn section(reports: &[Reported]) -> Section {
    let block = Section::new("家庭暴力、拐卖线索").for_officers();
    reports.iter().enumerate().fold(block, |block, (at, one)| {
        let what = one.suspicion.map_or("", Suspicion::label);
        let about = one.about.map_or("", Victim::label);
        let label = format!("{}，{}　{about}{what}", day(one.on), one.by);
        let pointer = format!("/sections/violence/{at}");
        block.sensitive(label, one.text.clone(), Mask::Hidden, pointer)
    })
}
