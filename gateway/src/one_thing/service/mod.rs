//! What pages and REST do with one-things.

mod correct;
mod say;
mod start;

use std::{collections::BTreeMap, sync::Arc};

use jiff::SignedDuration;
use serde_json::Value;
use sqlx::PgPool;
use yiwang_chassis::{clock::SharedClock, fault::Fault, identity::Role};

pub(crate) use self::{
    correct::Correction,
    say::{Verb, Words},
};
use super::{
    course::later,
    definition::{Act, Definition, Starter},
    definitions,
    departments::Partners,
    form, present,
    store::{self, Overview, StepRow, Told},
};
use crate::{
    audit::{self, Record},
    crypto::Vault,
    session::SignedIn,
};

/// Starts, shows and steers one-things.
pub(crate) struct OneThings {
    pub(crate) pool: PgPool,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: SharedClock,
    pub(crate) partners: Arc<Partners>,
}

/// One one-thing with everything a page shows.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub(crate) overview: Overview,
    /// None: this gateway does not know its version.
    pub(crate) definition: Option<&'static Definition>,
    pub(crate) steps: Vec<StepRow>,
    /// What the steps gave, by their codes.
    pub(crate) results: BTreeMap<String, Value>,
    pub(crate) history: Vec<Told>,
    /// What may be sent back to be corrected, for whoever steers: pointer and title.
    pub(crate) correctable: Vec<(String, String)>,
    /// The reader started it.
    pub(crate) own: bool,
    /// The reader may steer it; nobody does in a matter of their own.
    pub(crate) steers: bool,
}

impl OneThings {
    /// Those the reader started, and those an office started for the reader; newest first.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn own(&self, who: &SignedIn) -> Result<Vec<Overview>, Fault> {
        let mut conn = self.pool.acquire().await?;
        let of_office = of_office().map(|one| one.code).collect::<Vec<_>>();
        let person = who.person.as_deref().unwrap_or_default();
        Ok(store::own(&mut conn, who.account, (person, &of_office)).await?)
    }

    /// Those in the reader's regions that wait for an officer or are late.
    ///
    /// # Errors
    /// When the database is away.
    pub(crate) async fn stuck(&self, who: &SignedIn) -> Result<Vec<Overview>, Fault> {
        let caller = who.caller();
        let scopes: Vec<&str> = STEERING
            .iter()
            .flat_map(|role| caller.scopes(*role))
            .collect();
        if scopes.is_empty() {
            return Err(Fault::forbidden());
        }
        let mut conn = self.pool.acquire().await?;
        let silent_since = later(self.clock.now(), -PATIENCE);
        Ok(store::stuck(&mut conn, &scopes, &by_officers(), silent_since).await?)
    }

    /// One, as its owner or an officer of the region sees it; everybody else is told that it is
    /// not there. An officer's look is in the audit log.
    ///
    /// # Errors
    /// `NOT_FOUND`
    pub(crate) async fn get(&self, who: &SignedIn, number: &str) -> Result<Whole, Fault> {
        let mut tx = self.pool.begin().await?;
        let found = store::find(&mut tx, number).await?;
        let overview = found.ok_or_else(Fault::not_found)?;
        let own = overview.account == who.account;
        let steers = may_steer(who, &overview);
        let about = who.person.as_deref() == Some(overview.subject.as_str())
            && of_office().any(|one| one.code == overview.code);
        if !own && !steers && !about {
            return Err(Fault::not_found());
        }
        if !own && !about {
            let entry = Record::by(who, "one_thing.read").object(number);
            audit::record(&mut tx, entry, self.clock.now()).await?;
        }
        let steps = store::steps(&mut tx, overview.id).await?;
        let definition = definitions::find(definitions::ALL, &overview.code, overview.version);
        let steers = steers && !own && !about;
        let correctable = match definition.filter(|_| steers) {
            Some(definition) => {
                let answers = store::answers(&mut tx, &self.vault, overview.id).await?;
                let fields = form::correctable(definition, &answers, &[]).into_iter();
                fields
                    .map(|field| (format!("/{}", field.key), field.title))
                    .collect()
            }
            None => vec![],
        };
        let whole = Whole {
            definition,
            correctable,
            results: store::opened(&self.vault, overview.id, &steps)?,
            steps,
            history: store::history(&mut tx, overview.id).await?,
            overview,
            own,
            steers,
        };
        tx.commit().await?;
        Ok(whole)
    }
}

/// How long an applicant may take to correct the form before an officer looks again.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Roles that steer one-things of their regions.
const STEERING: [Role; 3] = [Role::CountyOfficer, Role::Approver, Role::SystemAdmin];

/// Whether somebody may start this one-thing.
pub(crate) fn may_start(who: &SignedIn, definition: &Definition) -> bool {
    match definition.starter {
        Starter::Anybody => true,
        Starter::Roles(roles) => {
            let caller = who.caller();
            roles.iter().any(|role| caller.has_role(*role))
        }
    }
}

/// One-things that an office starts for somebody, who may then follow them.
fn of_office() -> impl Iterator<Item = &'static Definition> {
    let all = definitions::ALL.iter().copied();
    all.filter(|one| matches!(one.starter, Starter::Roles(_)))
}

/// The steps that officers do, as `one-thing/step`.
fn by_officers() -> Vec<String> {
    let all = definitions::ALL.iter();
    let steps = all.flat_map(|one| one.steps.iter().map(move |step| (one.code, step)));
    steps
        .filter(|(_, step)| matches!(step.act, Act::Officer(_)))
        .map(|(code, step)| format!("{code}/{}", step.code))
        .collect()
}

/// Whether somebody steers one-things anywhere.
pub(crate) fn steers(who: &SignedIn) -> bool {
    let caller = who.caller();
    STEERING.iter().any(|role| caller.has_role(*role))
}

fn may_steer(who: &SignedIn, one: &Overview) -> bool {
    let caller = who.caller();
    STEERING.iter().any(|role| caller.has(*role, &one.division))
}

impl Whole {
    /// Whether the applicant may still take it back, as far as the rows tell: no step has begun
    /// after which there is no way back.
    pub(crate) fn may_withdraw(&self) -> bool {
        let passed = self.definition.is_some_and(|definition| {
            self.steps.iter().any(|row| {
                let step = definition.index(&row.step).map(|at| &definition.steps[at]);
                step.is_some_and(|step| step.pivot) && (row.attempts > 0 || row.state == "done")
            })
        });
        self.own && !passed && !present::is_final(&self.overview.state)
    }
}
