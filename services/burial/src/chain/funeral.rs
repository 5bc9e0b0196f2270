//! The item 治丧服务 over the tables of the chain.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Case, KeyedPerson, Question, Registered, Runtime, system};

use super::{
    billing, board, bodies, cremation, failed, holds, known, refuse,
    reservations::{self, Wanted},
    resources::Kind,
    unclaimed_file,
};
use crate::{
    ashes::ledger,
    deaths,
    domain::{
        dead::DEAD,
        death::UsedFor,
        funeral::{Effect, Funeral, World},
        signer::Signer,
    },
};

#[tonic::async_trait]
impl Registered for Funeral {
    async fn world(
        rt: &Runtime,
        conn: &mut PgConnection,
        question: Question<'_, Self>,
    ) -> sqlx::Result<World> {
        known::world(rt, conn, &question).await
    }

    async fn apply(
        rt: &Runtime,
        conn: &mut PgConnection,
        case: &Case<Self>,
        people: &[KeyedPerson],
        effects: Vec<Effect>,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let person = people.iter().find(|one| one.person.relation == DEAD);
        let subject = Subject {
            rt,
            case,
            person: person.map(|one| one.key.as_str()),
            now,
        };
        for effect in effects {
            subject.apply(conn, effect).await?;
        }
        Ok(())
    }
}

/// The case whose decision is applied.
struct Subject<'a> {
    rt: &'a Runtime,
    case: &'a Case<Funeral>,
    person: Option<&'a str>,
    now: Timestamp,
}

impl Subject<'_> {
    async fn apply(&self, conn: &mut PgConnection, effect: Effect) -> Result<(), ApplyError> {
        let (case, now) = (self.case, self.now);
        let (number, tag) = (case.number.as_str(), case.facts.tag.as_str());
        match effect {
            Effect::TakeIn {
                tag,
                infectious,
                condition,
                belongings,
            } => {
                let new = bodies::New {
                    tag: &tag,
                    case_number: number,
                    facility: case.form.home.trim(),
                    person: self.person,
                    infectious,
                };
                let sealed = bodies::Sealed {
                    name: case.form.dead.name.trim().to_owned(),
                    condition,
                    belongings,
                };
                bodies::insert(self.rt, conn, new, &sealed).await?;
            }
            Effect::Body(state) => bodies::set_state(conn, tag, state, now).await?,
            Effect::Custody {
                what,
                first,
                second,
                place,
            } => {
                let custody = bodies::Custody {
                    tag,
                    what,
                    first: (first.account, &first.name),
                    second: (second.account, &second.name),
                    place: &place,
                };
                bodies::hand_over(conn, custody, now).await?;
            }
            Effect::UseDeath { number_key, by } => {
                let used = UsedFor::Funeral;
                deaths::uses::take(conn, &number_key, used, &by, number, now).await?;
            }
            Effect::Book {
                kind,
                resource,
                from,
                to,
            } => {
                reservations::cancel_of_case(conn, number, Some(kind)).await?;
                let wanted = Wanted {
                    resource,
                    from,
                    to,
                    case_number: number,
                    now,
                };
                reservations::book(conn, wanted).await?;
            }
            Effect::Release(kind) => reservations::cancel_of_case(conn, number, kind).await?,
            Effect::EndUse(kind) => {
                if let Some(kind) = Kind::from_code(kind) {
                    reservations::end_use(conn, number, kind, now).await?;
                }
            }
            Effect::Hold {
                authority,
                document,
                reason,
                by,
            } => {
                let new = holds::New {
                    tag,
                    authority: &authority,
                    document: &document,
                    reason: &reason,
                    by: &by,
                };
                holds::place(conn, new, now).await?;
            }
            Effect::Lift { hold, document, by } => {
                holds::lift(conn, hold, &document, &by, now).await?;
            }
            Effect::Start { furnace, operator } => {
                let start = cremation::Start {
                    tag,
                    furnace,
                    operator,
                    person: self.person,
                    county: case.form.home.get(..6).unwrap_or_default(),
                };
                cremation::start(conn, start, now).await?;
            }
            Effect::Finish { signed } => self.finish(conn, &signed).await?,
            Effect::Certify(certificate) => {
                cremation::certify(conn, tag, &certificate, now).await?;
            }
            Effect::Uncertify => cremation::uncertify(conn, tag).await?,
            Effect::Contest => {
                let county = case.form.home.get(..6).unwrap_or_default();
                let person = self.person;
                deaths::alarm::contested(conn, number, person, county, now).await?;
            }
            Effect::TakenOver(file) => self.taken_over(conn, &file).await?,
            Effect::AshesOut { signed, receipt } => {
                self.ashes_out(conn, &signed, &receipt).await?;
            }
            Effect::Bill => billing::settle(self.rt, conn, case, self.person, now).await?,
            Effect::Board => board::follow(self.rt, conn, case, now).await?,
            Effect::LinkUnclaimed(unclaimed) => {
                unclaimed_file::link(conn, &unclaimed, number).await?;
            }
        }
        Ok(())
    }

    /// The furnace is free for the next body; the ashes stand in the home's hall.
    async fn finish(
        &self,
        conn: &mut PgConnection,
        [first, second]: &[Signer; 2],
    ) -> Result<(), ApplyError> {
        let (case, tag) = (self.case, self.case.facts.tag.as_str());
        cremation::end(conn, tag, self.now).await?;
        ledger::create(
            self.rt,
            conn,
            tag,
            self.person,
            case.form.home.trim(),
            &case.number,
            (first, second),
            case.form.dead.name.trim(),
            self.now,
        )
        .await?;
        Ok(())
    }

    /// The file of the unclaimed body is done: a family handles the rest.
    async fn taken_over(&self, conn: &mut PgConnection, file: &str) -> Result<(), ApplyError> {
        let cause = format!("亲属接办治丧服务（{}）", self.case.number);
        let data = serde_json::json!({});
        match system::act(self.rt, conn, file, "taken_over", data, &cause).await {
            Err(fault) if fault.reason != "WRONG_STATE" => Err(failed(fault)),
            _ => Ok(()),
        }
    }

    async fn ashes_out(
        &self,
        conn: &mut PgConnection,
        [first, second]: &[Signer; 2],
        receipt: &str,
    ) -> Result<(), ApplyError> {
        let tag = self.case.facts.tag.as_str();
        let urn = ledger::of_body(conn, tag).await?;
        let urn =
            urn.ok_or_else(|| refuse("URN_UNKNOWN", "没有查到这位逝者的骨灰登记，请核对编号。"))?;
        let out = ledger::Move {
            urn: &urn.number,
            to: ledger::Place::WithFamily,
            first,
            second,
            case_number: &self.case.number,
            receipt,
        };
        ledger::move_to(conn, out, self.now).await
    }
}
