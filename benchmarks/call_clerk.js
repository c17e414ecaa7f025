// A clerk's page without a desk: answers offers, and times Chromium against itself.
let camera = null;
let pc = null;

window.openCamera = async () => {
  const video = { width: 1280, height: 720 };
  camera ??= await navigator.mediaDevices.getUserMedia({ video, audio: true });
};

window.answer = async (sdp) => {
  pc = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" }); // as the desk
  const gathered = new Promise((done) => {
    pc.onicegatheringstatechange = () => pc.iceGatheringState === "complete" && done();
  });
  for (const track of camera.getTracks()) pc.addTrack(track, camera);
  await pc.setRemoteDescription({ type: "offer", sdp });
  await pc.setLocalDescription(await pc.createAnswer());
  await gathered;
  return pc.localDescription.sdp;
};

window.hangUp = () => {
  pc?.close();
  pc = null;
};

window.yardstick = async () => {
  const began = performance.now();
  const [a, b] = [0, 1].map(() => new RTCPeerConnection({ iceServers: [] }));
  a.onicecandidate = (event) => event.candidate && b.addIceCandidate(event.candidate);
  b.onicecandidate = (event) => event.candidate && a.addIceCandidate(event.candidate);
  const video = document.createElement("video");
  video.muted = true;
  const first = new Promise((done) => video.requestVideoFrameCallback(done));
  a.ontrack = (event) => {
    video.srcObject = event.streams[0];
    video.play();
  };
  for (const track of camera.getTracks()) [a, b].forEach((end) => end.addTrack(track, camera));
  await a.setLocalDescription(await a.createOffer());
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription(await b.createAnswer());
  await a.setRemoteDescription(b.localDescription);
  await first;
  const span = performance.now() - began;
  [a, b].forEach((end) => end.close());
  return span;
};
