import { useEffect } from "react";

import { useSearchParams } from "../url/use-search-params.js";

interface WallMode {
  readonly isOn: boolean;
  readonly enter: () => void;
  readonly leave: () => void;
}

/** The wall mode, kept in the URL as `?wall=1`. It fills the screen where the browser allows it; to leave one is to leave both. */
export function useWall(): WallMode {
  const [params, changeParams] = useSearchParams();
  const isOn = params.has("wall");
  useEffect(() => {
    const leaveWithFullScreen = () => {
      if (document.fullscreenElement !== null) return;
      changeParams((current) => {
        current.delete("wall");
      });
    };
    document.addEventListener("fullscreenchange", leaveWithFullScreen);
    return () => {
      document.removeEventListener("fullscreenchange", leaveWithFullScreen);
    };
  }, [changeParams]);
  return {
    isOn,
    enter: () => {
      changeParams((current) => {
        current.set("wall", "1");
      });
      // Refused where a page may not fill the screen: the wall then fills the window.
      document.documentElement.requestFullscreen().catch(() => undefined);
    },
    leave: () => {
      changeParams((current) => {
        current.delete("wall");
      });
      if (document.fullscreenElement !== null) void document.exitFullscreen();
    },
  };
}
