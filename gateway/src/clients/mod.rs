//! The services behind the gateway, spoken to as one.
//!
//! Each call carries a token for exactly that service. An item belongs to one
//! service; a case number is looked for where its prefix was last found, then
//! everywhere. Lists are merged over all services; one that is away is named
//! and the others are shown.

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::join_all;
use tonic::{Request, Response, Status, transport::Channel};
use yiwang_chassis::{
    fault::{Code, Fault},
    grpc,
    identity::Caller,
};
use yiwang_proto::casework::v1::casework_client::CaseworkClient;

use crate::{session::SignedIn, tokens::Keyring};

/// Calls an RPC of a contract beyond casework: `rpc!(self.burial.visits.book_visit, who, message)`.
macro_rules! rpc {
    ($self:ident.$service:ident.$contract:ident.$rpc:ident, $who:expr, $message:expr) => {{
        let service = &$self.$service()?.$contract;
        let answer = $self.call(service, $who, $message, |mut client, request| async move {
            client.$rpc(request).await
        });
        answer.await
    }};
}

mod burial;
mod cases;
mod certificates;
mod child;
mod cursor;
mod drafts;
mod items;
mod lists;
mod marriage;
mod notices;
mod rescue;
mod ripples;

pub use lists::Merged;
pub use marriage::free_times;
pub use ripples::Foreseen;

/// A call may take so long, retries not counted.
const DEADLINE: Duration = Duration::from_secs(10);

/// A service that is starting, or whose pods change, gets one more chance.
const RETRY_AFTER: Duration = Duration::from_millis(150);

/// For whom a call is made.
#[derive(Debug, Clone)]
pub struct Identity(Caller);

/// All services, one channel each.
pub struct Backends {
    services: Vec<Service>,
    /// What the marriage service offers beyond its cases; none where it does not run.
    marriage: Option<marriage::Clients>,
    /// The same of the burial service.
    burial: Option<burial::Clients>,
    /// The same of the rescue service.
    rescue: Option<rescue::Clients>,
    /// The same of the child service.
    child: Option<child::Clients>,
    keyring: Arc<Keyring>,
    items: items::Cache,
    /// Letters of a case number → index of its service.
    prefixes: Mutex<HashMap<String, usize>>,
}

/// A service, spoken to by one of its contracts.
#[derive(Clone)]
struct Service<C = CaseworkClient<Channel>> {
    /// Also the audience of its tokens.
    name: String,
    client: C,
}

impl<C> Service<C> {
    fn of(name: &str, client: C) -> Self {
        let name = name.to_owned();
        Self { name, client }
    }
}

impl Identity {
    /// The workflow engine, acting for somebody who is not signed in now.
    pub(crate) fn acting(caller: Caller) -> Self {
        Self(caller)
    }
}

impl From<&SignedIn> for Identity {
    fn from(who: &SignedIn) -> Self {
        Self(who.caller())
    }
}

impl From<&Identity> for Identity {
    fn from(who: &Identity) -> Self {
        who.clone()
    }
}

impl Backends {
    /// Connects lazily to each of `services` (name → address).
    ///
    /// # Errors
    /// When an address is no URI.
    pub fn new(services: &BTreeMap<String, String>, keyring: Arc<Keyring>) -> anyhow::Result<Self> {
        let connect = |(name, uri): (&String, &String)| {
            let client = CaseworkClient::new(grpc::client::channel(uri)?);
            anyhow::Ok(Service {
                name: name.clone(),
                client,
            })
        };
        let marriage = services.get(marriage::NAME);
        let marriage = marriage.map(|uri| marriage::Clients::connect(uri));
        let burial = services.get(burial::NAME);
        let burial = burial.map(|uri| burial::Clients::connect(uri));
        let rescue = services.get(rescue::NAME);
        let rescue = rescue.map(|uri| rescue::Clients::connect(uri));
        let child = services.get(child::NAME);
        let child = child.map(|uri| child::Clients::connect(uri));
        let services = services
            .iter()
            .map(connect)
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            services,
            marriage: marriage.transpose()?,
            burial: burial.transpose()?,
            rescue: rescue.transpose()?,
            child: child.transpose()?,
            keyring,
            items: items::Cache::default(),
            prefixes: Mutex::default(),
        })
    }

    /// One call to one service, tried again when the service is away: reads are
    /// harmless and writes carry an idempotency key.
    async fn call<C, Q, A, F, W>(
        &self,
        service: &Service<C>,
        who: Option<&Identity>,
        message: Q,
        rpc: F,
    ) -> Result<A, Fault>
    where
        C: Clone,
        Q: Clone,
        F: Fn(C, Request<Q>) -> W,
        W: Future<Output = Result<Response<A>, Status>>,
    {
        let token = match who {
            Some(who) => Some(self.keyring.service_token(&who.0, &service.name).await?),
            None => None,
        };
        let mut tried = false;
        loop {
            let mut request = grpc::client::request(message.clone(), token.as_deref())?;
            request.set_timeout(DEADLINE);
            let error = match rpc(service.client.clone(), request).await {
                Ok(answer) => return Ok(answer.into_inner()),
                Err(status) => Fault::from_status(status),
            };
            if error.code != Code::Unavailable || tried {
                return Err(own_failure(error, &service.name, who));
            }
            tried = true;
            tokio::time::sleep(RETRY_AFTER).await;
        }
    }

    /// The same call to every service at once.
    async fn call_all<Q, A, F, W>(
        &self,
        who: Option<&Identity>,
        message: Q,
        rpc: F,
    ) -> Vec<(usize, Result<A, Fault>)>
    where
        Q: Clone,
        F: Fn(CaseworkClient<Channel>, Request<Q>) -> W + Copy,
        W: Future<Output = Result<Response<A>, Status>>,
    {
        let calls = self.services.iter().enumerate().map(|(index, service)| {
            let message = message.clone();
            async move { (index, self.call(service, who, message, rpc).await) }
        });
        join_all(calls).await
    }

    /// Asks one service after the other until one knows the thing.
    async fn find<Q, A, F, W>(
        &self,
        order: Vec<usize>,
        who: Option<&Identity>,
        message: Q,
        rpc: F,
    ) -> Result<(usize, A), Fault>
    where
        Q: Clone,
        F: Fn(CaseworkClient<Channel>, Request<Q>) -> W + Copy,
        W: Future<Output = Result<Response<A>, Status>>,
    {
        let mut away = None;
        let mut unknown = None;
        for index in order {
            match self
                .call(&self.services[index], who, message.clone(), rpc)
                .await
            {
                Ok(found) => return Ok((index, found)),
                Err(fault) if fault.code == Code::NotFound => unknown = Some(fault),
                Err(fault) if fault.retryable() => away = Some(fault),
                Err(fault) => return Err(fault),
            }
        }
        // Somebody who is away might have known it.
        Err(away.or(unknown).unwrap_or_else(Fault::not_found))
    }

    fn everyone(&self) -> Vec<usize> {
        (0..self.services.len()).collect()
    }

    /// Services in the order in which to ask for a case number.
    fn order_for(&self, number: &str) -> Vec<usize> {
        let mut order = self.everyone();
        let prefixes = self.prefixes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = prefixes.get(prefix(number)) {
            order.sort_by_key(|index| index != known);
        }
        order
    }

    fn remember(&self, number: &str, index: usize) {
        let mut prefixes = self.prefixes.lock().unwrap_or_else(PoisonError::into_inner);
        // Letters of a real number, so the map stays as small as the list of items.
        prefixes.insert(prefix(number).to_owned(), index);
    }
}

fn prefix(number: &str) -> &str {
    let end = number
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(number.len());
    &number[..end]
}

/// A service that does not accept our token is our problem, not the caller's.
fn own_failure(fault: Fault, service: &str, who: Option<&Identity>) -> Fault {
    if fault.code == Code::Unauthenticated && who.is_some() {
        tracing::error!(service, "{service} does not accept our tokens");
        return Fault::unavailable(fault);
    }
    fault
}
