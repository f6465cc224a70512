//! Starts the parts in order and stops them in the opposite one.

use super::reader::StoreReader;
use super::vitals::GatewayVitals;
use crate::config::Installation;
use crate::domain::{Chance, Clock, Fault, Language};
use crate::gateway::{self, Gateway, Running};
use crate::messages::all_rules;
use crate::rulebook::Rule;
use crate::store::{InForce, Store};
use crate::transports::{Counters, Inbox, Stop, Stopper, amqp, directory, fhir, http};
use crate::vault::digest_of;
use crate::web;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tracing::{error, info};

/// How long deliveries under way may take when the service stops. What is not done by then counts as unknown and is tried again
/// after the next start.
const DRAIN: Duration = Duration::from_secs(20);

/// A running service.
pub struct Service {
    /// Where HTTP is answered.
    pub address: SocketAddr,
    /// The gateway inside.
    pub gateway: Arc<Gateway>,
    stopper: Stopper,
    ways_in: JoinSet<Result<(), Fault>>,
    running: Running,
}

impl Service {
    /// Opens the store, puts it in order, and opens the doors last.
    pub async fn start(installation: &Installation, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> Result<Self, Fault> {
        installation.make_folders()?;
        let store = Store::open(&installation.store(), clock.now())?;
        Self::start_on(store, installation, clock, chance).await
    }

    /// The same on a store that is open already.
    pub async fn start_on(
        store: Store,
        installation: &Installation,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, Fault> {
        let counters = Arc::new(Counters::default());
        let gateway = Arc::new(Gateway::new(store, installation.setup()?, clock, chance, counters));
        gateway.store.work_under(&in_force(installation), gateway.clock.now()).await?;
        let (stopper, stop) = Stopper::new();
        let listener = TcpListener::bind(installation.listen).await;
        let cannot = |error| Fault::lasting(format!("cannot listen on {}: {error}", installation.listen));
        let listener = listener.map_err(cannot)?;
        let address = listener.local_addr().map_err(Fault::lasting)?;
        let running = gateway::start(&gateway, &stop).await?;
        let ways_in = open_doors(installation, &gateway, listener, &stop)?;
        let scheme = if installation.tls.is_some() { "https" } else { "http" };
        info!(partners = installation.partners.len(), "ready on {scheme}://{address}");
        Ok(Self { address, gateway, stopper, ways_in, running })
    }

    /// Waits until a part ends that nobody told to end: only a defect does that. A gateway that takes messages and does not
    /// deliver them is worse than one that is started anew, for that is also the way after a crash.
    pub async fn broke_down(&mut self) -> Fault {
        let part = tokio::select! {
            Some(_) = self.ways_in.join_next() => "a way in",
            part = self.running.broke_down() => part,
        };
        Fault::lasting(format!("{part} ended by itself; this is a defect of the gateway"))
    }

    /// Closes the doors, answers what is under way, lets deliveries end, and only then lets go of the store. True when all that
    /// ended within its time.
    pub async fn stop(mut self) -> bool {
        self.stopper.stop();
        while let Some(ended) = self.ways_in.join_next().await {
            if let Ok(Err(fault)) = ended {
                error!(fault = fault.inner(), "a way in ended with a fault");
            }
        }
        let drained = self.running.ended(DRAIN).await;
        info!(drained, "stopped");
        drained
    }
}

/// What decisions rest on, as it is now.
fn in_force(installation: &Installation) -> InForce {
    let rule = |rule: &&'static Rule| {
        let Rule { id, incoming, outgoing, holds, .. } = rule;
        format!("{id} {incoming:?} {outgoing:?} {}\n", holds.in_language(Language::En))
    };
    let rules: String = all_rules().iter().map(rule).collect();
    InForce { release: env!("CARGO_PKG_VERSION"), rules: digest_of(rules.as_bytes()), files: installation.files.clone() }
}

fn open_doors(
    installation: &Installation,
    gateway: &Arc<Gateway>,
    listener: TcpListener,
    stop: &Stop,
) -> Result<JoinSet<Result<(), Fault>>, Fault> {
    let inbox: Arc<dyn Inbox> = gateway.clone();
    let tokens = Arc::new(installation.tokens()?);
    let counters = &gateway.counters;
    let vitals = GatewayVitals { gateway: gateway.clone(), stop: stop.clone(), started_at: gateway.clock.now() };
    let reader = Arc::new(StoreReader(gateway.store.clone(), gateway.clock.clone()));
    let router = web::router(web::Parts {
        arrivals: http::router(inbox.clone(), tokens.clone(), installation.http.clone(), counters.clone())
            .merge(fhir::router(inbox.clone(), tokens.clone(), installation.http.clone(), counters.clone())),
        reader: reader.clone(),
        tokens: tokens.clone(),
        fhir: web::FhirServer {
            parcels: reader,
            tokens,
            since: gateway.clock.now(),
            is_encrypted: installation.tls.is_some(),
        },
        vitals: Arc::new(vitals),
        counters: counters.clone(),
        validate: installation.validate.clone().map(|options| (options, installation.limits, installation.schemas.clone())),
    });
    let tls = installation.tls.as_ref().map(|tls| web::server_tls(&tls.certificate, &tls.key)).transpose()?;
    let mut ways_in = JoinSet::new();
    ways_in.spawn(web::serve(listener, router, tls, stop.clone(), installation.server.clone()));
    for (partner, options) in installation.folders_in() {
        let inbound = directory::Inbound::new(partner, options, counters.clone());
        ways_in.spawn(inbound.run(inbox.clone(), stop.clone()));
    }
    for (partner, options) in installation.queues_in() {
        let inbound = amqp::Inbound::new(partner, options, counters.clone())?;
        ways_in.spawn(inbound.run(inbox.clone(), stop.clone()));
    }
    Ok(ways_in)
}
