// One WebRTC end: the terminal offers, this side answers; a new session is a new connection.

const WEAK_SILENCE = 1.5; // seconds, as remote_clerk/link.py
const LOST_SILENCE = 6;
const WEAK_LOSS = 0.05;
const CLEAN_LOSS = 0.02;
const CLEAN_SECONDS = 3;
const DEVICES_MS = 1500; // an answer does not wait longer for camera and microphone
const TOP_RATE = 2_500_000;
const BLIND_PICTURES = 30; // so many arrived whole and none could be decoded
const H264 = { contentType: "video/H264", width: 1280, height: 720, framerate: 30, bitrate: TOP_RATE };

/** Firefox may list H.264 without the plug-in for it; a browser that cannot tell is believed. */
async function canH264() {
  const [can, asked] = [navigator.mediaCapabilities, { type: "webrtc", video: H264 }];
  const ways = await Promise.allSettled([can?.decodingInfo(asked), can?.encodingInfo(asked)]);
  return ways.every(({ value }) => value?.supported !== false);
}

export class Peer {
  constructor({ call, say, media, onStream, onLink }) {
    Object.assign(this, { call, say, media, onStream, onLink, ice: [], session: 0 });
    this.connection = null;
    this.h264 = canH264(); // becomes false for the rest of a call in which it turned out untrue
    this.forget();
  }

  forget() {
    Object.assign(this, { early: [], described: false, bytes: 0, silence: 0, lost: 0, got: 0, clean: 0 });
  }

  async hear(message) {
    if (message.session < this.session) return;
    if (message.type === "description" && message.kind === "offer") await this.answer(message);
    else if (message.type === "candidate") await this.candidate(message);
  }

  async answer({ session, sdp }) {
    if (session === this.session) return;
    this.close();
    this.session = session;
    const pc = new RTCPeerConnection({ iceServers: this.ice, bundlePolicy: "max-bundle" });
    this.connection = pc;
    this.listen(pc, session);
    await Promise.race([this.media.open(), new Promise((done) => setTimeout(done, DEVICES_MS))]);
    if (this.connection !== pc) return;
    await pc.setRemoteDescription({ type: "offer", sdp });
    if (!(await this.h264)) withoutH264(pc);
    await this.sendTracks();
    await pc.setLocalDescription();
    if (this.connection !== pc) return;
    this.described = true;
    this.tell({ type: "description", session, kind: "answer", sdp: pc.localDescription.sdp });
    for (const message of this.early.splice(0)) await this.add(pc, message);
    await this.limitRate();
  }

  listen(pc, session) {
    pc.addEventListener("icecandidate", ({ candidate }) => {
      if (this.connection !== pc) return;
      const { candidate: line, sdpMid: mid, sdpMLineIndex } = candidate ?? {};
      this.tell({
        type: "candidate", session, candidate: line || null, mid: mid ?? null, line: sdpMLineIndex ?? null,
      });
    });
    pc.addEventListener("track", ({ streams, track }) => {
      if (this.connection !== pc) return;
      this.stream ??= streams[0] ?? new MediaStream();
      if (!this.stream.getTracks().includes(track)) this.stream.addTrack(track);
      this.onStream(this.stream);
    });
    pc.addEventListener("connectionstatechange", () => {
      if (this.connection !== pc) return;
      if (pc.connectionState === "connected") this.judge("good");
      else if (["disconnected", "failed"].includes(pc.connectionState)) this.judge("lost");
    });
  }

  /** Offer what we have in the terminal's own slots; what comes later replaces nothing. */
  async sendTracks() {
    for (const slot of this.connection?.getTransceivers() ?? []) {
      slot.direction = "sendrecv";
      await slot.sender.replaceTrack(this.media.track(slot.receiver.track.kind));
    }
  }

  async limitRate() {
    for (const sender of this.connection?.getSenders() ?? []) {
      if (sender.track?.kind !== "video") continue;
      const wanted = sender.getParameters();
      for (const encoding of wanted.encodings) encoding.maxBitrate = TOP_RATE;
      await sender.setParameters(wanted);
    }
  }

  async candidate(message) {
    if (message.session !== this.session || !this.described) this.early.push(message);
    else await this.add(this.connection, message);
  }

  async add(pc, { session, candidate, mid, line }) {
    if (session !== this.session || !candidate) return;
    await pc.addIceCandidate({ candidate, sdpMid: mid, sdpMLineIndex: line });
  }

  /** Call once a second: how good the link is, from silence and loss, without flicker. */
  async tick() {
    const pc = this.connection;
    if (pc?.connectionState !== "connected") return;
    let bytes = 0, lost = 0, got = 0, blind = false;
    for (const stats of (await pc.getStats()).values()) {
      if (stats.type !== "inbound-rtp") continue;
      bytes += stats.bytesReceived;
      if (stats.kind !== "video") continue;
      lost += stats.packetsLost;
      got += stats.packetsReceived;
      blind ||= stats.framesReceived >= BLIND_PICTURES && stats.framesDecoded === 0;
    }
    if (this.connection !== pc) return;
    if (blind && (await this.h264)) return this.startAnew();
    const [missed, arrived] = [Math.max(0, lost - this.lost), Math.max(0, got - this.got)];
    this.silence = bytes === this.bytes ? this.silence + 1 : 0;
    Object.assign(this, { bytes, lost, got });
    this.judge(this.quality(missed / Math.max(1, missed + arrived)));
  }

  /** The terminal notices the end and offers again; this side then answers without H.264. */
  startAnew() {
    this.h264 = false;
    this.close();
    this.judge("lost");
  }

  quality(loss) {
    if (this.silence >= LOST_SILENCE) return "lost";
    if (this.silence >= WEAK_SILENCE || loss >= WEAK_LOSS) return "weak";
    if (this.link === "good") return "good";
    this.clean = loss < CLEAN_LOSS ? this.clean + 1 : 0;
    return this.clean >= CLEAN_SECONDS ? "good" : "weak";
  }

  judge(link) {
    if (link !== "weak") this.clean = 0;
    if (link === this.link) return;
    this.link = link;
    this.onLink(link);
  }

  tell(message) {
    this.say({ ...message, call: this.call });
  }

  close() {
    this.connection?.close();
    Object.assign(this, { connection: null, stream: null, link: null });
    this.forget();
  }
}

function withoutH264(pc) {
  const codecs = RTCRtpReceiver.getCapabilities("video").codecs;
  for (const slot of pc.getTransceivers())
    if (slot.receiver.track.kind === "video")
      slot.setCodecPreferences(codecs.filter((codec) => codec.mimeType.toLowerCase() !== "video/h264"));
}
