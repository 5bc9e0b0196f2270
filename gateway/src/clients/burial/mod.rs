//! Calls of the burial service beyond its cases; one file for each contract.

use tonic::transport::Channel;
use yiwang_chassis::{
    fault::{Code, Fault},
    grpc,
};
use yiwang_proto::burial::v1::{
    deaths_client::DeathsClient, funerals_client::FuneralsClient,
    memorials_client::MemorialsClient, places_client::PlacesClient,
    planning_client::PlanningClient, prices_client::PricesClient, visits_client::VisitsClient,
};

use super::{Backends, Service};

mod deaths;
mod funerals;
mod keeping;
mod memorials;
mod places;
mod planning;
mod prices;
mod visits;

/// The service's name among those behind the gateway.
pub(super) const NAME: &str = "burial";

/// One client for each contract, over one channel.
pub(super) struct Clients {
    deaths: Service<DeathsClient<Channel>>,
    funerals: Service<FuneralsClient<Channel>>,
    memorials: Service<MemorialsClient<Channel>>,
    places: Service<PlacesClient<Channel>>,
    planning: Service<PlanningClient<Channel>>,
    prices: Service<PricesClient<Channel>>,
    visits: Service<VisitsClient<Channel>>,
}

impl Clients {
    /// Connects lazily.
    pub(super) fn connect(uri: &str) -> anyhow::Result<Self> {
        let channel = grpc::client::channel(uri)?;
        Ok(Self {
            deaths: Service::of(NAME, DeathsClient::new(channel.clone())),
            funerals: Service::of(NAME, FuneralsClient::new(channel.clone())),
            memorials: Service::of(NAME, MemorialsClient::new(channel.clone())),
            places: Service::of(NAME, PlacesClient::new(channel.clone())),
            planning: Service::of(NAME, PlanningClient::new(channel.clone())),
            prices: Service::of(NAME, PricesClient::new(channel.clone())),
            visits: Service::of(NAME, VisitsClient::new(channel)),
        })
    }
}

impl Backends {
    fn burial(&self) -> Result<&Clients, Fault> {
        self.burial.as_ref().ok_or_else(|| {
            let message = "这里还没有开通殡葬的网上服务，请直接联系殡仪馆或者公墓。";
            Fault::new(Code::NotFound, "NOT_OFFERED", message)
        })
    }
}
