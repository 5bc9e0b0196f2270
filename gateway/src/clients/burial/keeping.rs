//! What the staff of funeral homes and cemeteries keeps, and their county.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// The board of a home on a day.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn home_board(
        &self,
        who: impl Into<Identity>,
        home: &str,
        day: &str,
    ) -> Result<Vec<pb::BoardEntry>, Fault> {
        let who = who.into();
        let request = pb::GetBoardRequest {
            home: home.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.funerals.get_board, Some(&who), request).map(|list| list.entries)
    }

    /// Vehicles, cells, halls and furnaces of a home.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn home_resources(
        &self,
        who: impl Into<Identity>,
        home: &str,
    ) -> Result<Vec<pb::Resource>, Fault> {
        let who = who.into();
        let request = pb::ListResourcesRequest {
            home: home.to_owned(),
        };
        rpc!(self.burial.funerals.list_resources, Some(&who), request).map(|list| list.resources)
    }

    /// Adds or changes one of them.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_resource(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveResourceRequest,
    ) -> Result<pb::Resource, Fault> {
        let who = who.into();
        rpc!(self.burial.funerals.save_resource, Some(&who), request)
    }

    /// What police and courts said must not be cremated.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn body_holds(
        &self,
        who: impl Into<Identity>,
        request: pb::ListHoldsRequest,
    ) -> Result<Vec<pb::BodyHold>, Fault> {
        let who = who.into();
        rpc!(self.burial.funerals.list_holds, Some(&who), request).map(|list| list.holds)
    }

    /// Contracts that end, places held or to be inspected.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn keeper_list(
        &self,
        who: impl Into<Identity>,
        facility: &str,
    ) -> Result<pb::KeeperList, Fault> {
        let who = who.into();
        let request = pb::GetKeeperListRequest {
            facility: facility.to_owned(),
        };
        rpc!(self.burial.places.get_keeper_list, Some(&who), request)
    }

    /// Former counts of the ashes.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn stock_takings(
        &self,
        who: impl Into<Identity>,
        facility: &str,
    ) -> Result<Vec<pb::StockTaking>, Fault> {
        let who = who.into();
        let request = pb::ListStockTakingsRequest {
            facility: facility.to_owned(),
        };
        rpc!(self.burial.places.list_stock_takings, Some(&who), request).map(|list| list.takings)
    }

    /// Counts the ashes.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn take_stock(
        &self,
        who: impl Into<Identity>,
        request: pb::TakeStockRequest,
    ) -> Result<pb::StockTaking, Fault> {
        let who = who.into();
        rpc!(self.burial.places.take_stock, Some(&who), request)
    }

    /// Takes a place off the offer, or puts it back.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn block_spot(
        &self,
        who: impl Into<Identity>,
        request: pb::BlockSpotRequest,
    ) -> Result<pb::PlacedSpot, Fault> {
        let who = who.into();
        rpc!(self.burial.places.block_spot, Some(&who), request)
    }

    /// A vacated place is in order again.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn inspect_spot(
        &self,
        who: impl Into<Identity>,
        request: pb::InspectSpotRequest,
    ) -> Result<pb::PlacedSpot, Fault> {
        let who = who.into();
        rpc!(self.burial.places.inspect_spot, Some(&who), request)
    }

    /// Plans a new area; for county officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_area(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveAreaRequest,
    ) -> Result<pb::PlaceArea, Fault> {
        let who = who.into();
        rpc!(self.burial.places.save_area, Some(&who), request)
    }

    /// Puts an area on offer; for county officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn open_area(
        &self,
        who: impl Into<Identity>,
        request: pb::OpenAreaRequest,
    ) -> Result<pb::PlaceArea, Fault> {
        let who = who.into();
        rpc!(self.burial.places.open_area, Some(&who), request)
    }

    /// Another name, price or size of an area; for county officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn edit_area(
        &self,
        who: impl Into<Identity>,
        request: pb::EditAreaRequest,
    ) -> Result<pb::PlaceArea, Fault> {
        let who = who.into();
        rpc!(self.burial.places.edit_area, Some(&who), request)
    }

    /// An area takes nobody new; for county officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn close_area(
        &self,
        who: impl Into<Identity>,
        request: pb::CloseAreaRequest,
    ) -> Result<pb::PlaceArea, Fault> {
        let who = who.into();
        rpc!(self.burial.places.close_area, Some(&who), request)
    }

    /// A new version of a price, from tomorrow at the earliest; for county officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_price(
        &self,
        who: impl Into<Identity>,
        request: pb::SavePriceRequest,
    ) -> Result<pb::Price, Fault> {
        let who = who.into();
        rpc!(self.burial.prices.save_price, Some(&who), request)
    }
}
