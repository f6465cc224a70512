//! The town: the gateway and its partners, started together and stopped together.

use super::cast::{ALLOCATION, CAPACITY, GP_OFFICE, HOME_CARE, HOSPITAL, PLATFORM, System, owner};
use super::client::Client;
use super::configuration;
use super::desk::{Desk, News};
use super::letters::Letter;
use super::partner_directory::DirectoryPartner;
use super::partner_http::HttpPartner;
use crate::domain::{Chance, Clock, Fault, MsgId};
use crate::service::Service;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// The gateway looks for files ten times in a second; what takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often we look for what nobody tells us.
const LOOK: Duration = Duration::from_millis(20);
/// News that nobody has heard yet.
const NEWS: usize = 256;

/// The gateway and its partners.
pub struct Town {
    /// Asks the gateway.
    pub client: Client,
    /// What happens at the partners.
    pub news: mpsc::Receiver<News>,
    service: Service,
    http: Vec<HttpPartner>,
    home_care: DirectoryPartner,
    capacity: DirectoryPartner,
}

impl Town {
    /// Starts the gateway on the shipped configuration, and its partners around it.
    pub async fn start(folder: &Path, clock: &Arc<dyn Clock>, chance: &Arc<dyn Chance>) -> Result<Self, Fault> {
        let (sender, news) = mpsc::channel(NEWS);
        let desk = |system| Desk { system, clock: clock.clone(), chance: chance.clone(), news: sender.clone() };
        let http = [&HOSPITAL, &ALLOCATION, &GP_OFFICE, &PLATFORM].map(|system| HttpPartner::new(desk(system)));
        let http = http.into_iter().collect::<Result<Vec<_>, Fault>>()?;
        let addresses: Vec<_> = http.iter().map(|partner| (partner.desk.system.partner, partner.address)).collect();
        let installation = configuration::write(&folder.join("config"), &addresses)?;
        let service = Service::start(&installation, clock.clone(), chance.clone()).await?;
        let exchange = installation.data.join("exchange");
        let mut town = Self {
            client: Client::new(service.address),
            news,
            service,
            http,
            home_care: DirectoryPartner::new(desk(&HOME_CARE), &exchange),
            capacity: DirectoryPartner::new(desk(&CAPACITY), &exchange),
        };
        match [&HOSPITAL, &ALLOCATION, &GP_OFFICE, &PLATFORM].into_iter().try_for_each(|system| town.open(system)) {
            Ok(()) => Ok(town),
            Err(fault) => {
                town.stop().await?;
                Err(fault)
            }
        }
    }

    /// Where the gateway answers.
    pub fn gateway(&self) -> SocketAddr {
        self.service.address
    }

    /// The partners with an address of their own.
    pub fn addresses(&self) -> impl Iterator<Item = (&'static System, SocketAddr)> {
        self.http.iter().map(|partner| (partner.desk.system, partner.address))
    }

    /// The system goes up.
    pub fn open(&mut self, system: &System) -> Result<(), Fault> {
        let client = self.client.clone();
        self.http.iter_mut().filter(|partner| partner.desk.system == system).try_for_each(|partner| partner.open(&client))
    }

    /// The system goes down.
    pub async fn close(&mut self, system: &System) -> Result<(), Fault> {
        for partner in self.http.iter_mut().filter(|partner| partner.desk.system == system) {
            partner.close().await?;
        }
        Ok(())
    }

    /// Sends a letter from its sender's own system; answers its tracking id.
    pub async fn send(&self, letter: &Letter) -> Result<String, Fault> {
        match owner(letter.from) {
            Some(system) if *system == HOME_CARE => {
                self.home_care.send(&letter.msg_id, letter.bytes.clone()).await?;
                self.taken(&letter.msg_id).await
            }
            Some(system) => self.client.send(system, letter.bytes.clone()).await,
            None => Err(Fault::lasting("a letter of the demo is from nobody")),
        }
    }

    /// Whoever may ask the gateway about a letter: its sender if it speaks HTTP, otherwise its receiver.
    pub fn asker(letter: &Letter) -> &'static System {
        let systems = [owner(letter.from), owner(letter.to)].into_iter().flatten();
        systems.into_iter().find(|system| **system != HOME_CARE).unwrap_or(&HOSPITAL)
    }

    async fn taken(&self, msg_id: &MsgId) -> Result<String, Fault> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(tracking) = self.home_care.tracking(msg_id).await? {
                return Ok(tracking);
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(Fault::lasting("the gateway has not taken a file of home care"))
    }

    /// Stops the gateway in order, and then the partners. An error when it did not end in time.
    pub async fn stop(mut self) -> Result<(), Fault> {
        let drained = self.service.stop().await;
        self.home_care.close().await;
        self.capacity.close().await;
        for partner in &mut self.http {
            partner.close().await?;
        }
        if drained { Ok(()) } else { Err(Fault::lasting("the gateway did not end in time")) }
    }
}
