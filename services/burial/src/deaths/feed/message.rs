//! A certificate as the health department sends it (deploy/sandbox.md). No `Debug`.

use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use yiwang_civic::{
    citizen_id::Sex,
    division,
    identity_document::{DocumentKind, IdentityDocument},
    params::RuleBook,
    time,
};

use crate::domain::{
    credit_code::CreditCode,
    dead::NAMELESS,
    death::{CauseClass, Event, Identity, NewDeath, Source},
    death_certificate::law::number::{self, Scheme},
};

/// What happened to it.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Signed,
    Corrected,
    Voided,
}

/// One message of the feed.
#[derive(Deserialize)]
pub(super) struct Certificate {
    /// The department's own number of the record; no personal data.
    pub(super) record: String,
    pub(super) kind: Kind,
    number: String,
    name: String,
    #[serde(default)]
    document: Option<Document>,
    #[serde(default)]
    sex: Option<Sex>,
    #[serde(default)]
    birth_date: Option<Date>,
    #[serde(default)]
    household: String,
    #[serde(default)]
    ethnicity: String,
    died_at: Timestamp,
    #[serde(default = "yes")]
    minute_known: bool,
    place: String,
    cause: CauseClass,
    #[serde(default)]
    infectious: bool,
    #[serde(default)]
    cause_text: String,
    issuer: String,
    pub(super) issuer_name: String,
    signed_on: Date,
    /// Why it was corrected or voided.
    #[serde(default)]
    pub(super) reason: String,
}

#[derive(Deserialize)]
struct Document {
    kind: String,
    #[serde(default)]
    country: String,
    number: String,
}

fn yes() -> bool {
    true
}

impl Certificate {
    /// The certificate, when everything in it is sound; otherwise the code of what is not.
    pub(super) fn death(&self, rules: &RuleBook, now: Timestamp) -> Result<NewDeath, &'static str> {
        let document = self.document.as_ref().map(Document::read).transpose()?;
        let issuer: CreditCode = self.issuer.parse().map_err(|_| "CREDIT_CODE")?;
        if division::find(&self.place).is_none() {
            return Err("DIVISION_UNKNOWN");
        }
        if self.died_at > now || time::beijing_date(self.died_at) > self.signed_on {
            return Err("FUTURE");
        }
        let scheme =
            Scheme::load(rules, &self.place, self.signed_on).map_err(|_| "RULE_MISSING")?;
        // A nameless one that has got its name keeps its number.
        let renamed = self.kind == Kind::Corrected
            && number::issuer_of(&number::normalised(&self.number)).is_some();
        let named_by = document.as_ref().filter(|_| !renamed);
        let number = number::check(&self.number, named_by, Some(&issuer), scheme)
            .map_err(number::NumberError::reason)?;
        let named = !self.name.trim().is_empty() && self.name.trim() != NAMELESS;
        if document.is_some() && !named {
            return Err("NAMELESS");
        }
        Ok(NewDeath {
            number,
            identity: self.identity(document),
            event: Event {
                died_at: self.died_at,
                minute_known: self.minute_known,
                place: self.place.clone(),
                cause: self.cause,
                infectious: self.infectious,
                cause_text: self.cause_text.trim().to_owned(),
            },
            issuer: issuer.as_str().to_owned(),
            issuer_name: self.issuer_name.trim().to_owned(),
            signed_on: self.signed_on,
            source: Source::Health,
            reference: self.record.clone(),
            case_number: None,
        })
    }

    fn identity(&self, document: Option<IdentityDocument>) -> Identity {
        let citizen = document.as_ref().and_then(IdentityDocument::citizen);
        let sex = citizen.map(|id| id.sex()).or(self.sex);
        let born = citizen.map(|id| id.birth_date()).or(self.birth_date);
        let household = match division::find(&self.household) {
            Some(_) => self.household.clone(),
            None => String::new(),
        };
        Identity {
            name: self.name.trim().to_owned(),
            sex,
            born,
            household,
            ethnicity: self.ethnicity.clone(),
            document,
        }
    }
}

impl Document {
    fn read(&self) -> Result<IdentityDocument, &'static str> {
        let kind = DocumentKind::from_code(&self.kind).ok_or("DOCUMENT_KIND")?;
        IdentityDocument::read(kind, &self.country, &self.number).map_err(|error| error.reason())
    }
}
