//! A case that nobody applied for: parents' states may make a child an orphan or in fact
//! unattended, and the township is to look the same day (rules B3.1, B6).

use sqlx::PgConnection;
use yiwang_casework::{Item, Runtime, system};
use yiwang_chassis::fault::Fault;
use yiwang_civic::time::beijing_date;

use super::cases::key;
use crate::domain::{
    entitlements::{
        Orphan, Unattended,
        law::{
            Upbringing, age,
            ground::{Ground, ParentFact, ground},
        },
        procedure::form::{Account, Applicant, Form},
    },
    family::{Family, Parent},
};

fn fact(parent: &Parent) -> ParentFact {
    ParentFact {
        state: parent.state,
        since: parent.since(),
        until: None,
    }
}

/// Which item the parents' states may come to; none: excluded at once.
#[must_use]
pub fn review_of(family: &Family, today: jiff::civil::Date, months: u32) -> Option<&'static str> {
    match ground(fact(&family.father), fact(&family.mother), today, months) {
        Ground::Orphan => Some(Orphan::CODE),
        Ground::Unattended => Some(Unattended::CODE),
        excluded if excluded.is_excluded() => None,
        // Something waits or is not proved yet: the township looks.
        Ground::None(_) => Some(Unattended::CODE),
    }
}

/// Opens a review of this child because of `cause` (Chinese, without a story) and returns its
/// number. None when one is open or paid for the child already, when the ground is excluded at
/// once, when the child is of age or has no number yet.
///
/// # Errors
/// The database does not answer, or the family's facts are wrong.
pub async fn review(
    rt: &Runtime,
    conn: &mut PgConnection,
    family: &Family,
    cause: &str,
) -> Result<Option<String>, Fault> {
    let today = beijing_date(rt.now());
    let count = |id| {
        let param = rt.rules.lookup(id, &family.division, today);
        param.and_then(yiwang_civic::params::Param::count)
    };
    let months = count("entitlements.ground_months").map_err(Fault::internal)?;
    let limit = count("entitlements.age").map_err(Fault::internal)?;
    let child = key(rt, &family.child.id_number);
    let young = family.child.birth();
    let young = young.is_some_and(|birth| age::may_begin(birth, today, limit));
    let Some(item) = review_of(family, today, months).filter(|_| young && !child.is_empty()) else {
        return Ok(None);
    };
    // One review at a time for one child, whoever asks.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 6))")
        .bind(&child)
        .execute(&mut *conn)
        .await?;
    let wanted = if item == Orphan::CODE { "GE" } else { "WF" };
    let known: bool = sqlx::query_scalar(
        "select exists (select 1 from child.entitlement
                         where person = $1 and not closed
                           and (kind = $2 or state not in ('paid', 'recheck', 'reconfirming', 'suspended')))",
    )
    .bind(&child)
    .bind(wanted)
    .fetch_one(&mut *conn)
    .await?;
    if known {
        return Ok(None);
    }
    let division = family.division.get(..9).unwrap_or(&family.division);
    let form = serde_json::to_value(form(family)).map_err(Fault::internal)?;
    system::open(rt, conn, item, division, &form, cause)
        .await
        .map(Some)
}

fn form(family: &Family) -> Form {
    Form {
        applicant: Applicant::default(),
        receiving: String::new(),
        child: family.child.clone(),
        upbringing: Upbringing::Family,
        danger: false,
        father: family.father.clone(),
        mother: family.mother.clone(),
        carer: family.carer.clone(),
        account: Account::default(),
        consent: false,
    }
}
