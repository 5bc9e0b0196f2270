-- What is set aside, for the operator, without reading every payment.
create index payment_in_trouble on assistance.payment (id) where error is not null;
