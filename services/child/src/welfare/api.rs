//! The gRPC service `Welfare`.

use std::sync::Arc;

use tonic::{Request, Response, Status};
use yiwang_casework::{Runtime, service::CaseworkService};
use yiwang_chassis::{
    fault::Fault,
    identity::{self, Caller},
};
use yiwang_proto::child::v1::{self as pb, welfare_server};

use super::{coverage, day, lists, network, places, roster, sync};

/// Serves files, visits, directors and places.
#[derive(Clone)]
pub struct WelfareService {
    runtime: Arc<Runtime>,
    cases: CaseworkService,
}

impl WelfareService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self {
            cases: CaseworkService::new(runtime.clone()),
            runtime,
        }
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Status> {
    let caller = identity::caller(&request).map_err(Status::from)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

/// Methods that hand the caller and the message on.
macro_rules! calls {
    ($($name:ident($asked:ident) -> $answer:ident = $to:path $(, $cases:ident)?;)+) => {
        #[tonic::async_trait]
        impl welfare_server::Welfare for WelfareService {
            $(async fn $name(
                &self,
                request: Request<pb::$asked>,
            ) -> Result<Response<pb::$answer>, Status> {
                let (caller, message) = signed(request)?;
                answer($to(&self.runtime, $(&self.$cases,)? &caller, message).await)
            })+
        }
    };
}

calls! {
    get_day(GetDayRequest) -> Day = day::get;
    sync_visits(SyncVisitsRequest) -> SyncVisitsResult = sync::run, cases;
    list_visits(ListVisitsRequest) -> VisitList = lists::of_file;
    list_files(ListFilesRequest) -> FileList = lists::files;
    list_overdue(ListOverdueRequest) -> OverdueList = lists::overdue;
    get_network(GetNetworkRequest) -> Network = network::get, cases;
    list_villages(ListVillagesRequest) -> VillageList = roster::villages;
    save_director(SaveDirectorRequest) -> Director = roster::save;
    list_directors(ListDirectorsRequest) -> DirectorList = roster::list;
    add_training(AddTrainingRequest) -> Director = roster::train;
    check_record(CheckRecordRequest) -> Director = roster::check;
    list_allowances(ListAllowancesRequest) -> AllowanceRoll = roster::allowances;
    list_places(ListPlacesRequest) -> PlaceList = places::list;
    save_place(SavePlaceRequest) -> Place = places::save;
    get_coverage(GetCoverageRequest) -> Coverage = coverage::get;
}
