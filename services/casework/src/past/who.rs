//! Who acted.

use tonic::Request;
use uuid::Uuid;
use yiwang_chassis::identity::{Caller, Grant, Role};
use yiwang_civic::{citizen_id::CitizenId, person_key::PersonKeyer};

/// An officer or a citizen. Accounts of the sign-in page have the ids that the gateway gives them
/// (`yiwang_gateway::demo::account_id`; compared in `deploy/yiwang`).
#[derive(Clone, Copy)]
pub struct Who {
    /// The account.
    pub account: u128,
    name: &'static str,
    role: Role,
    division: &'static str,
    /// The 18 characters of a citizen.
    number: Option<[u8; 18]>,
}

impl Who {
    /// Somebody in office.
    #[must_use]
    pub const fn officer(
        account: u128,
        name: &'static str,
        role: Role,
        division: &'static str,
    ) -> Self {
        Self {
            account,
            name,
            role,
            division,
            number: None,
        }
    }

    /// Somebody who signs in with a number.
    #[must_use]
    pub fn citizen(account: u128, name: &'static str, number: &str) -> Self {
        Self {
            number: number.as_bytes().try_into().ok(),
            ..Self::officer(account, name, Role::Citizen, "000000")
        }
    }

    /// A request as the gateway sends it.
    pub(super) fn asks<T>(&self, keyer: &PersonKeyer, message: T) -> Request<T> {
        let number = self.number.as_ref();
        let number = number.and_then(|it| str::from_utf8(it).ok()?.parse::<CitizenId>().ok());
        let caller = Caller {
            account: Uuid::from_u128(self.account),
            name: self.name.to_owned(),
            person: number.map(|id| keyer.key(&id).as_str().to_owned()),
            grants: vec![Grant::new(self.role, self.division)],
            session: None,
            on_behalf_of: None,
        };
        let mut request = Request::new(message);
        request.extensions_mut().insert(caller);
        request
    }
}
