//! The closed cases somebody stands on, as lists and counts ask the database for them: what a
//! caller may not know of is never counted, so that pages stay exact.

use sqlx::{Arguments as _, PgConnection, postgres::PgArguments};
use yiwang_chassis::identity::Caller;

use crate::runtime::Runtime;

/// What a caller reaches; the first parameters of each statement with [`stands`].
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    closed: Vec<String>,
    line_items: Vec<String>,
    line_scopes: Vec<String>,
    line_ended: Vec<String>,
    roles: Vec<String>,
    scopes: Vec<String>,
    person: String,
}

/// SQL: the caller stands on `case_file`, or it is open to all whose region it is in. The same
/// rule as [`super::standing::Line::seat`]; `$1` to `$7` come from [`Reach::arguments`].
macro_rules! stands {
    () => {
        "(item <> all($1::text[])
          or (not sealed and (item || ' ' || state <> all($4::text[])
               and exists (select from unnest($2::text[], $3::text[]) line (item, scope)
                            where line.item = case_file.item
                              and case_file.division like line.scope || '%')
               or exists (select from unnest($5::text[], $6::text[]) office (role, scope)
                            join casework.standing named on named.role = office.role
                             and named.division >= office.scope
                             and named.division < office.scope || ':'
                           where named.case_id = case_file.id))
              and not exists (select from casework.case_person self
                               where self.case_id = case_file.id and self.person_key = $7)))"
    };
}
pub(crate) use stands;

impl Reach {
    /// What `caller` reaches here.
    pub(crate) fn of(rt: &Runtime, caller: &Caller) -> Self {
        let mut reach = Self {
            closed: Vec::new(),
            line_items: Vec::new(),
            line_scopes: Vec::new(),
            line_ended: Vec::new(),
            roles: Vec::new(),
            scopes: Vec::new(),
            person: caller.person.clone().unwrap_or_default(),
        };
        for item in rt.items() {
            let Some(line) = item.sight().line else {
                continue;
            };
            let code = item.code();
            reach.closed.push(code.to_owned());
            let ended = line.ended.iter().map(|state| format!("{code} {state}"));
            reach.line_ended.extend(ended);
            for scope in line.roles.iter().flat_map(|role| caller.scopes(*role)) {
                reach.line_items.push(code.to_owned());
                reach.line_scopes.push(scope.to_owned());
            }
        }
        if reach.has_closed() {
            for grant in &caller.grants {
                if let Some(scope) = grant.scope() {
                    reach.roles.push(grant.role.as_str().to_owned());
                    reach.scopes.push(scope.to_owned());
                }
            }
        }
        reach
    }

    /// Whether any item here is closed.
    pub(crate) fn has_closed(&self) -> bool {
        !self.closed.is_empty()
    }

    /// The roles of the caller.
    pub(crate) fn roles(&self) -> &[String] {
        &self.roles
    }

    /// The parameters `$1` to `$7`.
    pub(crate) fn arguments(&self) -> sqlx::Result<PgArguments> {
        let mut arguments = PgArguments::default();
        for list in [
            &self.closed,
            &self.line_items,
            &self.line_scopes,
            &self.line_ended,
            &self.roles,
            &self.scopes,
        ] {
            arguments.add(list).map_err(sqlx::Error::Encode)?;
        }
        let person = self.person.as_str();
        arguments.add(person).map_err(sqlx::Error::Encode)?;
        Ok(arguments)
    }
}

/// Which of these cases an officer stands on: the numbers of the others are not shown.
///
/// # Errors
/// The database does not answer.
pub async fn known_to(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    numbers: &[String],
) -> sqlx::Result<Vec<String>> {
    const SQL: &str = concat!(
        "select number from casework.case_file where number = any($8) and ",
        stands!()
    );
    let mut arguments = Reach::of(rt, caller).arguments()?;
    arguments.add(numbers).map_err(sqlx::Error::Encode)?;
    sqlx::query_scalar_with(SQL, arguments)
        .fetch_all(conn)
        .await
}
