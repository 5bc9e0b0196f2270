//! Couples at the counter of one hall, through REST.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_e2e::{Api, Case, Reply, id_number, submission, until};

use super::registry::{DIVISION, HALL};
use crate::citizens::until_answered;

const MAN: &str = "何青山";
const WOMAN: &str = "马小燕";

/// A couple with its case.
pub(super) struct Couple {
    man: String,
    woman: String,
    number: String,
    /// Of the registration: kept for every repeat.
    key: String,
}

/// How a registration ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// With this certificate number.
    Married(String),
    /// Somebody is married already.
    Refused,
}

/// What must not be in any log.
pub(crate) fn secrets() -> Vec<String> {
    [MAN, WOMAN].map(str::to_owned).into()
}

impl Couple {
    /// Invented people; `sequence` (below 200) tells couples apart.
    pub(super) fn new(sequence: u16) -> Self {
        Self {
            man: id_number("420323", "19920518", 401 + sequence * 2),
            woman: id_number("640302", "19941103", 402 + sequence * 2),
            number: String::new(),
            key: Uuid::new_v4().to_string(),
        }
    }

    /// Another man for the same woman.
    pub(super) fn wants_the_woman_of(&mut self, other: &Self) {
        self.woman.clone_from(&other.woman);
    }

    /// Number of the case.
    pub(super) fn number(&self) -> &str {
        &self.number
    }

    /// Everything up to the moment of the registration.
    pub(super) async fn ready(&mut self, registrar: &Api) -> anyhow::Result<()> {
        let party =
            |name: &str, id: &str| json!({"name": name, "id_number": id, "phone": "13871234567"});
        let form = json!({
            "hall": HALL, "kind": "marriage",
            "a": party(MAN, &self.man), "b": party(WOMAN, &self.woman),
        });
        let body = submission("marriage-registration", DIVISION, &form, &[]);
        let (reply, _) = until_answered(registrar, "/api/v1/cases", &body, &self.key).await?;
        let case = Case(reply.expect(201)?.json()?);
        case.number().clone_into(&mut self.number);
        until("the police answer", async || {
            let case = registrar.case(&self.number).await?;
            Ok((case.state() == "declaration").then_some(()))
        })
        .await?;
        let declared = json!({
            "both_present": true, "a_signed": true, "b_signed": true, "illness_told": true,
        });
        self.done(registrar, "declare", &declared).await
    }

    /// Registers, with the same key each time.
    pub(super) async fn register(&self, registrar: &Api) -> anyhow::Result<Outcome> {
        let reply = self.press(registrar).await?;
        if reply.status < 300 {
            return number_in(&reply.json()?).map(Outcome::Married);
        }
        let problem = reply.problem()?;
        ensure!(problem.code == "ALREADY_MARRIED", "{problem:?}");
        Ok(Outcome::Refused)
    }

    /// The number that one more repeat is answered with.
    pub(super) async fn certificate(&self, registrar: &Api) -> anyhow::Result<String> {
        let reply = self.press(registrar).await?;
        number_in(&reply.expect(200)?.json()?)
    }

    async fn press(&self, registrar: &Api) -> anyhow::Result<Reply> {
        let willing = json!({"a_willing": true, "b_willing": true});
        let path = self.path("register");
        let (reply, _) = until_answered(registrar, &path, &willing, &self.key).await?;
        Ok(reply)
    }

    /// Both take their certificates.
    pub(super) async fn receive(&self, registrar: &Api) -> anyhow::Result<()> {
        let received = json!({"a_received": true, "b_received": true});
        self.done(registrar, "deliver", &received).await
    }

    /// One couple, one file.
    pub(super) async fn archive(&self, registrar: &Api) -> anyhow::Result<()> {
        self.done(registrar, "archive", &json!({})).await
    }

    async fn done(&self, registrar: &Api, action: &str, data: &Value) -> anyhow::Result<()> {
        let key = Uuid::new_v4().to_string();
        let (reply, _) = until_answered(registrar, &self.path(action), data, &key).await?;
        reply.expect(200).with_context(|| action.to_owned())?;
        Ok(())
    }

    fn path(&self, action: &str) -> String {
        format!("/api/v1/cases/{}/actions/{action}", self.number)
    }
}

fn number_in(case: &Value) -> anyhow::Result<String> {
    let certificates = case["certificates"].as_array().context("no certificates")?;
    let numbers: Vec<_> = certificates
        .iter()
        .map(|one| one["number"].as_str())
        .collect();
    match numbers.as_slice() {
        [Some(one), Some(other)] if one == other => Ok((*one).to_owned()),
        _ => anyhow::bail!("not one number for both: {numbers:?}"),
    }
}
