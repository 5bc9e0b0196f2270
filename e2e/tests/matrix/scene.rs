//! What there is to see: a case during its public notice, a closed one, a file,
//! and for each of them something of the same form that does not exist.

use anyhow::Context;
use serde_json::json;
use uuid::Uuid;
use yiwang_civic::number;
use yiwang_e2e::{Api, Case, Family, ITEM, Office, Suite, until};

use crate::marriage;

/// What calls name.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    /// A case during its public notice.
    pub(crate) number: String,
    /// A withdrawn case of the same applicant.
    pub(crate) closed: String,
    /// A document of the case.
    pub(crate) document: String,
    /// A file of the case.
    pub(crate) material: String,
    /// A file of the applicant that is in no case.
    pub(crate) file: String,
    /// The notice.
    pub(crate) notice: String,
    /// A message to the applicant.
    pub(crate) message: String,
    /// A session of nobody.
    pub(crate) session: String,
    /// An appointment of the applicant.
    pub(crate) appointment: String,
    /// A certificate of nobody: none is issued for this item.
    pub(crate) certificate: String,
    /// A batch of historical records of the township.
    pub(crate) batch: String,
}

impl Ids {
    /// In the order in which they stand for each other.
    fn all(&self) -> [&str; 11] {
        [
            &self.number,
            &self.closed,
            &self.document,
            &self.material,
            &self.file,
            &self.notice,
            &self.message,
            &self.session,
            &self.certificate,
            &self.appointment,
            &self.batch,
        ]
    }

    /// `text` with every id replaced by its kind.
    pub(crate) fn anonymised(&self, text: &str) -> String {
        let ids = self.all().into_iter().zip('A'..);
        ids.fold(text.to_owned(), |text, (id, letter)| {
            text.replace(id, &format!("<{letter}>"))
        })
    }

    /// The closed case in place of the open one.
    pub(crate) fn of_closed(&self) -> Self {
        Self {
            number: self.closed.clone(),
            closed: self.number.clone(),
            ..self.clone()
        }
    }
}

/// What there is, and what there is not.
pub(crate) struct Scene {
    pub(crate) real: Ids,
    pub(crate) missing: Ids,
    /// A file of the portal: digest and name.
    pub(crate) asset: (String, String),
}

/// Plays the scene; gives the two citizens too.
pub(crate) async fn play(suite: &Suite) -> anyhow::Result<(Scene, [Api; 2])> {
    let family = Family::new(1);
    let (owner, _) = family.register(suite).await?;
    let (stranger, _) = Family::new(2).register(suite).await?;
    let closed = family.submit(&owner).await?;
    owner.act(closed.number(), "withdraw", &json!({})).await?;
    let number = family.submit(&owner).await?.number().to_owned();
    let office = Office::open(suite).await?;
    office.accept(&number).await?;
    office.investigate(suite, &number).await?;
    let (_, notice) = office.publish(&number).await?;
    let case = owner.case(&number).await?;
    let file = owner
        .upload("other", "没有交的.jpg", yiwang_e2e::photo())
        .await?;
    let real = Ids {
        number: number.clone(),
        closed: closed.number().to_owned(),
        document: first(&case, "documents", "id")?,
        material: first(&case, "materials", "file_id")?,
        file: file.file_id,
        notice,
        message: message(&owner, &number).await?,
        session: Uuid::new_v4().to_string(),
        certificate: Uuid::new_v4().to_string(),
        appointment: marriage::book(&owner, &family.applicant).await?,
        batch: marriage::batch(&suite.sign_in("clerk").await?).await?,
    };
    let missing = missing(&real)?;
    let home = suite.stranger().get("/").await?.expect(200)?.text();
    let (_, asset) = home
        .split_once("\"/assets/")
        .context("no asset on the home page")?;
    let asset = asset.split('"').next().unwrap_or_default();
    let (digest, name) = asset.split_once('/').context("no digest")?;
    let asset = (digest.to_owned(), name.to_owned());
    Ok((
        Scene {
            real,
            missing,
            asset,
        },
        [owner, stranger],
    ))
}

fn first(case: &Case, list: &str, key: &str) -> anyhow::Result<String> {
    let first = case.list(list).first().and_then(|one| one[key].as_str());
    first
        .map(str::to_owned)
        .with_context(|| format!("no {list} in {}", case.0))
}

/// The last message about the case, once the events have arrived.
async fn message(owner: &Api, number: &str) -> anyhow::Result<String> {
    until("a message arrives", async || {
        let page = owner.get("/api/v1/messages").await?.expect(200)?.json()?;
        let messages = page["messages"].as_array().context("no messages")?;
        let about = messages.iter().find(|one| one["case_number"] == number);
        Ok(about.and_then(|one| one["id"].as_str()).map(str::to_owned))
    })
    .await
}

/// Ids of the same form that nothing has; the numbers have right check digits.
fn missing(real: &Ids) -> anyhow::Result<Ids> {
    let id = || Uuid::new_v4().to_string();
    Ok(Ids {
        number: other(&real.number, 8_999_999)?,
        closed: other(&real.number, 8_999_998)?,
        appointment: other(&real.appointment, 8_999_997)?,
        document: id(),
        material: id(),
        file: id(),
        notice: id(),
        message: id(),
        session: id(),
        certificate: id(),
        batch: id(),
    })
}

/// A number of the same kind, place and day with this serial.
pub(crate) fn other(like: &str, serial: u64) -> anyhow::Result<String> {
    let like = number::parse(like).map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(number::case_number(
        &like.prefix,
        &like.division,
        like.day,
        serial,
    ))
}

/// The item of all cases here.
pub(crate) const WHAT: &str = ITEM;
