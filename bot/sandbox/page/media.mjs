/*
 * Photos, voices, films, papers and places in a bubble.
 */

import { el } from "./dom.mjs";
import { t } from "./words.mjs";

export function mediaNode(media) {
  const draw = { photo: photoNode, voice: voiceNode, audio: voiceNode, video: videoNode };
  return (draw[media.type] ?? otherNode)(media);
}

function photoNode({ url }) {
  const image = el("img", { src: url, alt: t("photo") });
  return el("a", { class: "photo", href: url, target: "_blank", rel: "noopener" }, image);
}

function videoNode({ url }) {
  return el("video", { src: url, controls: true, preload: "metadata", "aria-label": t("video") });
}

function otherNode({ type, url, file_name: name, latitude, longitude, phone_number: phone, emoji }) {
  if (type === "location") {
    const place = latitude === undefined ? "" : `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
    return el("div", { class: "map" }, el("span", {}, "📍"), el("small", {}, place));
  }
  if (type === "sticker") return el("span", { class: "sticker" }, emoji ?? "🙂");
  const words = name ?? phone ?? t("file");
  return url
    ? el("a", { class: "file", href: url, target: "_blank", rel: "noopener" }, `📄 ${words}`)
    : el("span", { class: "file" }, `📄 ${words}`);
}

function voiceNode({ url, duration }) {
  const length = el("small", {}, lengthOf(duration));
  const button = el("button", { type: "button", class: "play", "aria-label": t("play") }, "▶");
  const sound = new Audio();
  const showState = () => {
    button.textContent = sound.paused ? "▶" : "❚❚";
    button.setAttribute("aria-label", t(sound.paused ? "play" : "pause"));
  };
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, showState);
  sound.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(sound.duration)) length.textContent = lengthOf(sound.duration);
  });
  sound.preload = "metadata";
  sound.src = url;
  button.addEventListener("click", () => (sound.paused ? sound.play() : sound.pause()));
  return el("div", { class: "voice" }, button, el("span", { class: "wave", "aria-hidden": "true" }), length);
}

function lengthOf(seconds) {
  if (!seconds) return "";
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
